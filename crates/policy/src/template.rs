//! Renders the templates in rules for one actor, as the server does.
