"""The example story: ninety invented days, told through the public interface.

Nothing here writes a table. Every step is a request that a volunteer, a reviewer, a
coordinator, an outreach team or a donor could have made, on a clock that is set.
"""
