"""Learning, certificates and joint sessions in the API. cms/api.py gives them their addresses."""
