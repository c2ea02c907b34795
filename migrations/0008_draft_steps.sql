-- The steps of an edited role, so that they can be undone after it was left or the program ended. What
-- the window makes of them; nothing here looks into it.

ALTER TABLE role_draft ADD COLUMN steps TEXT;
