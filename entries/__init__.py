"""What people decide and enter, rather than what files measure: targets, audits and their recommendations.

Every function asks for its permission, is logged, and only adds: what stood before is the history.
"""
