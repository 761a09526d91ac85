"""The page Så bedöms skillnader: how judgements are made, in plain words."""
