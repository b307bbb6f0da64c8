"""How a journey touches the page: with a pointer, or with Tab, arrows, Enter and typing alone."""

from re import Pattern

from playwright.sync_api import Locator, Page

MANY = 500  # more steps of Tab than any page needs, also the long forms of the content admin


class Hands:
    """The few things a person does on a page. With `keys`, nothing is clicked and nothing is filled by magic."""

    def __init__(self, page: Page, *, keys: bool = False):
        self.page, self.keys = page, keys

    def go(self, address: str) -> None:
        """Type an address."""
        response = self.page.goto(address)
        assert response is not None
        assert response.status < 400, f"{response.status} at {address}"

    def press(self, name: str | Pattern[str], role: str = "button", *, exact: bool = False, last: bool = False) -> None:
        """Press a button or follow a link by its words: the first one of these words, or the last."""
        found = self.page.get_by_role(role, name=name, exact=exact)
        target = found.last if last else found.first
        if self.keys:
            self._reach(target)
            self._enter()
        else:
            target.click()

    def write(self, target: Locator, text: str) -> None:
        """Write into a field, in place of what stands there."""
        if self.keys:
            self._reach(target)
            self.page.keyboard.press("Control+A")
            self.page.keyboard.type(text)
        else:
            target.fill(text)

    def choose(self, target: Locator) -> None:
        """Choose a radio button or tick a box."""
        if not self.keys:
            target.check()
        elif target.get_attribute("type") == "radio":
            self._choose_radio(target)
        else:
            self._reach(target)
            self.page.keyboard.press("Space")
        assert target.is_checked()

    def open(self, summary: Locator) -> None:
        """Open what is folded away."""
        if self.keys:
            self._reach(summary)
            self.page.keyboard.press("Enter")
        else:
            summary.click()

    def choose_from(self, target: Locator, words: str) -> None:
        """Choose an entry of a list by its words."""
        if self.keys:
            self._reach(target)
            self.page.keyboard.type(words)
        else:
            target.select_option(label=words)
        assert target.locator("option:checked").inner_text() == words

    def sees(self, text: str) -> None:
        """The words stand on the page."""
        self.page.get_by_text(text).first.wait_for(state="visible")

    def heading(self) -> str:
        """The one heading of the page."""
        headings = self.page.get_by_role("heading", level=1)
        headings.first.wait_for(state="attached")
        assert headings.count() == 1
        return headings.inner_text()

    def _enter(self) -> None:
        """Press Enter; where that asks for another page, be there before going on, however slow the machine is."""
        asked, arrived = [], []
        listeners = {
            "request": lambda request: request.is_navigation_request() and asked.append(request),
            "framenavigated": lambda frame: arrived.append(frame),
        }
        for event, listener in listeners.items():
            self.page.on(event, listener)
        self.page.keyboard.press("Enter")
        self.page.wait_for_timeout(150)
        for _ in range(MANY):  # a file that is downloaded never arrives as a page
            if arrived or not asked:
                break
            self.page.wait_for_timeout(20)
        for event, listener in listeners.items():
            self.page.remove_listener(event, listener)
        self.page.wait_for_load_state()

    def _choose_radio(self, target: Locator) -> None:
        """Tab reaches a group once; the arrows walk in it."""
        name = target.get_attribute("name")
        for _ in range(MANY):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("() => document.activeElement.name") == name:
                break
        for _ in range(12):
            if self._has_focus(target):
                self.page.keyboard.press("Space")
                return
            self.page.keyboard.press("ArrowDown")

    def _reach(self, target: Locator) -> None:
        target.wait_for(state="visible")
        for _ in range(MANY):
            if self._has_focus(target):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not reach {target}")

    def _has_focus(self, target: Locator) -> bool:
        return target.evaluate("element => element === document.activeElement")
