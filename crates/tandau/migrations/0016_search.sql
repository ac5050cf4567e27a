-- Ы is folded together with І and И (electoral::collation::fold); what was folded before follows. People are
-- left as they are: the log vouches for their folded names, and their search folds the letter itself.
update area_name set folded = replace(folded, 'ы', 'и');
update station_version set folded = replace(folded, 'ы', 'и');
