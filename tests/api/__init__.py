"""The API: its kit, its operations, and that it says what the pages say."""
