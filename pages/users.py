"""Användare: who can sign in, their roles, their sign-ins."""

import streamlit as st

import ui
from ui import statements_form
from ui.accounts import users

visit = ui.visit()
ui.who.require("users")

accounts = users.overview(visit)

left, right = st.columns(2, gap="medium")
with left, st.container(border=True, key="card new user"):
    ui.subheading(visit, "accounts.users.new")
    users.new_user(visit)

if not accounts.is_empty():
    with right, st.container(border=True, key="card change user"):
        ui.subheading(visit, "accounts.users.change")
        users.change_user(visit, accounts)

statements_form.audited(visit)
