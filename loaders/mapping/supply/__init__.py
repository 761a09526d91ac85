"""A file of care units or e-services of no known layout: how it is read is proposed, said and tried."""
