"""Användare: who can sign in, their roles, their sign-ins."""

import streamlit as st

import ui
from ui import statements_form
from ui.accounts import users

frame = ui.frame()
ui.who.require("users")

accounts = users.overview(frame)

left, right = st.columns(2, gap="medium")
with left, st.container(border=True, key="card new user"):
    ui.subheading(frame, "accounts.users.new")
    users.new_user(frame)

if not accounts.is_empty():
    with right, st.container(border=True, key="card change user"):
        ui.subheading(frame, "accounts.users.change")
        users.change_user(frame, accounts)

statements_form.audited(frame)
