"""The page Uppföljning: what was recommended, replied and done since the audit."""
