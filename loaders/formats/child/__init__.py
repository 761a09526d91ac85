"""Reads one workbook in a process of its own, with little imported and hard limits: a file that makes a reader ask for
500 GB or loop for a minute ends this process, never the server (reliability §2.2–2.4). Nothing of the project is
imported here, so that the process starts in a tenth of a second."""
