# Партиялар мен қоғамдық бірлестіктер.
organisations-title = Партиялар мен қоғамдық бірлестіктер
organisations-lead = Олар комиссия мүшелерін және кандидаттарды ұсынады. Құрамдар мен файлдарда олардың атауы осындағыдай жазылады.
organisations-none = Партиялар мен бірлестіктер әлі енгізілмеген.
organisations-name = Атауы
organisations-kind = Түрі
organisations-party = саяси партия
organisations-association = қоғамдық бірлестік
organisations-new = Партияны немесе бірлестікті енгізу
organisations-name-kk = Қазақ тіліндегі атауы
organisations-name-ru = Орыс тіліндегі атауы
organisations-name-en = Ағылшын тіліндегі атауы
organisations-button = Енгізу
organisations-taken = Мұндай атаулы партия немесе бірлестік бұрын енгізілген.
done-organisation-added = Ұйым енгізілді.
