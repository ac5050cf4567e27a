# Партии и общественные объединения.
organisations-title = Партии и общественные объединения
organisations-lead = Они предлагают членов комиссий и выдвигают кандидатов. В составах и файлах их называют так, как здесь.
organisations-none = Партий и объединений пока нет.
organisations-name = Название
organisations-kind = Вид
organisations-party = политическая партия
organisations-association = общественное объединение
organisations-new = Внести партию или объединение
organisations-name-kk = Название на казахском языке
organisations-name-ru = Название на русском языке
organisations-name-en = Название на английском языке
organisations-button = Внести
organisations-taken = Партия или объединение с таким названием уже есть.
done-organisation-added = Организация внесена.
