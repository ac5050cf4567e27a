coverage-nav = Охват обучением
coverage-title = Участки с обученной комиссией
coverage-title-of = Обученные комиссии: { $place }
coverage-nothing = Об обучении участковых комиссий записей пока нет.
coverage-sentence-left = Комиссия обучена на { $covered } из { $stations } участков; до голосования { $days ->
    [one] остался { $days } день
    [few] осталось { $days } дня
   *[many] осталось { $days } дней
 }
coverage-sentence-over = Комиссия была обучена на { $covered } из { $stations } участков
coverage-place-sentence = { $name }: комиссия обучена на { $covered } из { $stations } участков
coverage-station-sentence = Избирательный участок № { $number }: { $state }
coverage-station-named = № { $number }
coverage-lead = Участок считается охваченным, если к { $day } обучены: { $needs }.
coverage-lead-people = Прошли обучение { $passed } из { $members } членов участковых комиссий; нужно не меньше { $required }.
coverage-figure-covered = участков охвачено, из { $stations }
coverage-figure-planned = будут охвачены уже назначенными занятиями
coverage-figure-uncovered = участков не охвачено
coverage-figure-passed = членов комиссий прошли обучение, из { $members }
coverage-bar-title = Все участки по состоянию: те же числа в списке ниже
coverage-bar-covered = охвачены
coverage-bar-planned = обучение назначено
coverage-bar-uncovered = не охвачены
coverage-state-covered = охвачен
coverage-state-planned = обучение назначено
coverage-state-uncovered = не охвачен
coverage-state-not-yet = пока не охвачен
coverage-col-region = Область
coverage-col-district = Район
coverage-col-station = Участок
coverage-col-covered = Охвачены
coverage-col-planned = Назначено
coverage-col-uncovered = Не охвачены
coverage-col-state = Состояние
coverage-col-required = Нужно
coverage-col-scheduled = Приглашены
coverage-col-trained = Обучались
coverage-col-passed = Прошли
coverage-col-day = День
coverage-col-missing = Чего не хватает
coverage-col-name = Имя
coverage-col-office = Должность
coverage-regions-title = По областям
coverage-districts-title = По районам
coverage-stations-title = Участки
coverage-total = Всего
coverage-furthest-title = Районы, где больше всего неохваченных участков
coverage-furthest-none = Неохваченных участков нет.
coverage-trend-title = Участки без обученной комиссии по дням
coverage-trend-desc = Сейчас { $count }. { $sentence }
coverage-trend-table = Те же числа в таблице
coverage-forecast = { $day } при нынешних темпах останется неохваченных участков: около { $expected } (от { $from } до { $until }).
coverage-forecast-few = Сколько участков останется неохваченными ко дню голосования, сказать пока нельзя: нужны данные за { $days ->
    [one] { $days } день
    [few] { $days } дня
   *[many] { $days } дней
 }.
coverage-forecast-planned = Если все приглашённые придут и пройдут обучение, неохваченных участков останется: { $count }.
coverage-needs-title = Что нужно участку
coverage-needs-note = Председатель, секретарь и доля членов заданы в правилах ({ $article }); закон говорит лишь, что вышестоящие комиссии обучают нижестоящие.
coverage-no-names = Кто и сколько человек прошли обучение, здесь не показано: видно только, есть ли на участке всё, что нужно.
coverage-files-title = Данные
coverage-office-title = Неохваченные участки
coverage-office-lead = { $count ->
    [0] Все участки вашей территории охвачены.
    [one] На вашей территории не охвачен { $count } участок.
    [few] На вашей территории не охвачены { $count } участка.
   *[many] На вашей территории не охвачено { $count } участков.
 }
coverage-office-due = Они должны быть охвачены к { $day }.
coverage-office-none = Участков, об обучении которых есть записи, здесь нет.
coverage-office-shown = Показаны первые { $shown } из { $count }.
coverage-office-public = То же на открытой странице
coverage-office-people = Кто входит в комиссию
coverage-office-invited = приглашён, { $when }
coverage-office-trained = обучался, ещё не прошёл
coverage-office-passed = прошёл
coverage-office-not-invited = не приглашён
coverage-sessions = Проведённые занятия
