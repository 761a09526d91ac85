"""Användare: who can sign in, their roles, their sign-ins."""

import ui
from ui import statements_form
from ui.accounts import users

frame = ui.frame()
ui.who.require("users")
ui.heading(frame, "users")

accounts = users.overview(frame)

ui.subheading(frame, "accounts.users.new")
users.new_user(frame)

if not accounts.is_empty():
    ui.subheading(frame, "accounts.users.change")
    users.change_user(frame, accounts)

statements_form.audited(frame)
