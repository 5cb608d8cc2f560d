"""Donors for people: the donor's own pages, the coordinator's, the public's."""
