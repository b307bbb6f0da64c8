"""The words of the large body: names, places, short accounts. Combined by chance, the same in every run."""

GIVEN = (
    *("Aileen", "Alasdair", "Angus", "Ann", "Archie", "Beth", "Blair", "Calum", "Cara", "Ciara", "Col", "Craig"),
    *("Davina", "Donald", "Dougal", "Effie", "Eilidh", "Elspeth", "Euan", "Farah", "Fiona", "Flora", "Gavin", "Gregor"),
    *("Hamish", "Heather", "Iain", "Innes", "Iona", "Isobel", "Jamie", "Jean", "Kasia", "Kenneth", "Kirsty", "Lachlan"),
    *("Leila", "Lewis", "Logan", "Lorna", "Mairi", "Malcolm", "Marek", "Mhairi", "Moira", "Morven", "Nadia", "Neil"),
    *("Nuala", "Omar", "Paul", "Peigi", "Priti", "Rashid", "Rona", "Rory", "Ruth", "Sandy", "Sheena", "Skye", "Tavish"),
)
FAMILY = (
    *("Abbott", "Ahmed", "Anders", "Baillie", "Begg", "Bruce", "Buchan", "Cairns", "Calder", "Chisholm", "Cowan"),
    *("Craigie", "Dalziel", "Dewar", "Doig", "Drever", "Duthie", "Eadie", "Farquhar", "Fyfe", "Galt", "Gilchrist"),
    *("Haldane", "Heddle", "Innes", "Jamieson", "Kerr", "Kowal", "Laing", "Linklater", "Lyall", "Mair", "Manson"),
    *("Menzies", "Moffat", "Mouat", "Nairn", "Ogilvie", "Orr", "Paterson", "Petrie", "Pirie", "Rae", "Rendall"),
    *("Rintoul", "Sharma", "Sinclair", "Skene", "Spence", "Tait", "Tulloch", "Urquhart", "Wallace", "Wrona", "Yule"),
)
PLACES = ("Varrach", "Keld", "Skerrafin", "Dunvarrach", "Abbeymuir", "Northglass", "Strathkeld", "Inverlade")
TEAMS = ("gauges", "field team", "stores", "warning desk", "schools and homes", "planning", "telemetry", "permits")
GROUPS = ("the carers' group", "the creel circle", "the farms", "the council's night desk", "the school", "the union")
TITLES = (
    "Asked {group} before the plan was drawn",
    "A morning with {group}",
    "What {group} needed to know first",
    "Told {group} what could not be done",
    "One page, agreed with {group}",
    "Went back to {group} with an answer",
)
SITUATIONS = (
    "The plan for {place} was to be renewed, and nobody had asked {group} since the last flood.",
    "A warning for {place} had come late, and {group} had heard of it from the radio.",
    "Two teams in {place} were telling {group} two different things about the same road.",
    "A gauge near {place} had to be switched off, and {group} depends on its readings.",
)
ACTIONS = (
    "I rang them before anything was written, said what was fixed and what was open, and wrote down what they told me.",
    "I went there at the hour they named, listened more than I spoke, and read my notes back to them at the end.",
    "I put both versions side by side, asked each side what must not happen, and sent one page round for correction.",
    "I said at once what we could not do, offered what we could, and gave a day by which they would hear from me.",
)
RESULTS = (
    "Two of their four points are in the plan. I wrote to them about the other two, with the reason, within ten days.",
    "They ring me now when something looks wrong, and twice they were right. I was a day late with my answer once.",
    "It took longer than I had planned, and I said so beforehand. The page is used by both teams.",
    "The change holds so far. Next time I would ask one more person, who has to live with it at night.",
)
ANSWERS = (
    "So it was. We heard back within the time that was promised.",
    "Yes, and I would add that it was the first time anybody asked us.",
    "That is how it happened. The second call came a little late.",
)
WHY_OFF = (
    "The examples show it, and the answers from outside say the same.",
    "This goes beyond what the role asks, and others have taken it up.",
    "It was new this year and has held so far.",
)
SUMMARIES = (
    "A year of steady work with people outside. What stands out is that answers came when they were promised.",
    "More time on the ground than last year. The next thing is to hand contacts over before they are needed.",
    "Good work in a thin year. We have talked about what could go, so that the visits can stay.",
)
STEPS = (
    "Go along once with a colleague who knows the place",
    "Write up one thing that went wrong, with those concerned",
)
NOTES = (
    "They told me that you rang back the same evening. Thank you.",
    "Your page was the one that both sides brought to the meeting.",
)
CONCERNS = (
    "Two callers were promised an answer and had none after two weeks. I note this so that we can put it right.",
)
