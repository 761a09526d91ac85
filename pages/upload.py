"""Ladda upp: choose files, see what would come of each, publish."""

import ui

frame = ui.frame()
ui.heading(frame, "upload")
ui.status.template_button(frame)

files = ui.uploading.chosen_files(frame)

for checked in files:
    ui.uploading.report(frame, checked)
    ui.uploading.publish(frame, checked)
