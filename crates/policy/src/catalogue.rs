//! What a server knows: subjects, actions, conditions, operators and predefined roles, as data.
