results-home-title = Нәтижелер
results-home-empty = Бұл жерде әлі бірде-бір сайлау жоқ.
results-now-before = Дауыс беру күні – { $date }
results-now-voting = Дауыс беру жүріп жатыр: { $total } учаскенің ішінде { $open } учаске ашық
results-now-closing = Учаскелер жабылып жатыр: { $total } учаскенің ішінде { $closed } учаске жабылды
results-now-counting = { $total } учаскенің ішінде { $counted } учаскеде дауыстар саналды
results-now-counted = Барлық { $total } учаскеде дауыстар саналды
results-now-determined = Барлық { $count } сайлаудың нәтижесі анықталды
results-now-published = Сайлау қорытындылары жарияланды
results-lead-before = { $count ->
   *[other] Дауыс беру күні { $count } учаске ашылады.
 }
results-lead-turnout = { $at } мезгіліне қарай сайлаушылардың { $share } бюллетень алды ({ $total } учаскенің ішінде { $stations } учаске хабарлады).
results-lead-embargo = Дауыстар соңғы учаске жабылғаннан кейін көрсетіледі: { $when }.
results-lead-counting = Барлық хаттамасы қабылданған сайлаулар: { $total } ішінен { $complete }. Қалған учаскелердің хаттамалары комиссия қабылдаған сайын осы бетке қосылады.
results-lead-counted = Комиссиялар нәтижені анықтап жатыр: { $total } сайлаудың ішінде { $determined } сайлаудың нәтижесі анықталды.
results-lead-determined = { $elected ->
   *[other] Сайланған әкімдер: { $elected }.
 }
results-lead-determined-repeat = Сайланған әкімдер: { $elected }. Қайта сайлау өткізілетін аумақтар: { $repeat }.
results-as-of = { $when } жағдайы
results-figure-contests = сайлау: { $districts } аудан, { $towns } қала
results-figure-stations = { $count ->
   *[other] сайлау учаскесі
 }
results-figure-voters = { $count ->
   *[other] тізімдегі сайлаушы
 }
results-figure-candidates = { $count ->
   *[other] бюллетеньдегі кандидат
 }
results-progress-title = Хаттамалардың жағдайы: төмендегі тізімде сол сандар
results-progress-accepted = қабылданды
results-progress-checking = тексеріліп жатыр
results-progress-returned = қайта санауға қайтарылды немесе кемшілігі бар
results-progress-missing = күтілуде
results-map-turnout = Аумақтар бойынша белсенділік
results-map-counted = Аумақтар бойынша саналған учаскелер
results-map-counted-percent = Облыстар бойынша саналған учаскелер, пайызбен
results-map-desc = Әр аумақ өз бетіне апарады. Сол деректер сайлаулар тізімінде бар.
results-map-desc-percent = Картадағы сандар – саналған учаскелердің пайызы. Сол деректер облыстар кестесінде бар.
results-map-area-counted = { $area }: { $expected } учаскенің ішінде { $counted } учаске саналды
results-map-area-turnout = { $area }: белсенділік { $share }
results-key-few = әлі аз
results-key-half = жартысына жуығы
results-key-all = барлығы саналды
results-key-from = { $share } және одан көп
results-same-in-table = Сол деректер тізімде
results-find-title = Өз учаскеңізді табыңыз
results-find-label = Учаске нөмірі, ауыл немесе көше
results-find-button = Табу
results-find-example = Мысалы: 448 немесе Приозерск
results-open-first = Алдымен саналып жатқандары
results-all-contests = { $count ->
   *[other] Барлық { $count } сайлау
 }
results-check-title = Бізді қалай тексеруге болады
results-check-protocol-title = Хаттаманы салыстырыңыз
results-check-protocol-text = Әр учаскеде қол қойылған қағаз бен бізде тұрған сандар қатар тұр.
results-check-sum-title = Қорытындыны өзіңіз есептеңіз
results-check-sum-text = Барлық деректі CSV және JSON түрінде жүктеп алыңыз. Онда әр хаттама және оның әр нұсқасы бар.
results-check-log-title = Журналды тексеріңіз
results-check-log-text = Қол қойылған журнал бір де бір жазба кейін өзгертілмегенін дәлелдейді.
results-contest-elected = Сайланды: { $name }
results-contest-counted = Барлығы саналды
results-contest-counting = Саналып жатыр
results-contest-returned = { $count ->
   *[other] { $count } хаттама қайтарылды
 }
results-contest-before = Дауыс беру әлі басталған жоқ
results-contest-voting = Дауыс беру жүріп жатыр
results-contest-waiting = Хаттамалар күтілуде
results-outcome-elected = Сайланды
results-outcome-tie = Дауыстар тең: қайта сайлау өткізіледі
results-outcome-no-votes = Ешбір кандидат дауыс алған жоқ: қайта сайлау өткізіледі
results-outcome-invalid = Сайлау жарамсыз деп танылды
results-why-elected = Басқа кандидаттардың әрқайсысынан көп дауыс алды: келесі кандидаттан { $margin } дауысқа артық.
results-why-tie = Ең көп дауысты бірнеше кандидат тең алды: әрқайсысы { $votes }. Бір ай ішінде сол учаскелерде, сол тізімдер бойынша қайта сайлау өткізіледі.
results-why-no-votes = Барлық хаттама саналды, бірақ ешбір кандидатқа дауыс берілмеген. Бір ай ішінде қайта сайлау өткізіледі.
results-why-invalid = Аумақтық комиссия сайлауды жарамсыз деп таныды. Бір ай ішінде қайта сайлау өткізіледі.
results-decision = Комиссияның { $on } № { $number } қаулысы
results-basis = Негізі: { $article }.
results-registered = Тіркелді: өкілеттігі { $since } басталды. Үйлеспейтін міндеттерінен босату туралы өтінішін { $resigned } берді.
results-registered-late = { $days ->
   *[other] тіркеу заңда белгіленген мерзімнен { $days } күн кешікті
 }
results-earlier-versions = { $count ->
   *[other] Бұл қорытынды түзетілген; бұрынғы нұсқалары: { $count }.
 }
results-elected = сайланды
results-against-all = Бәріне қарсы
results-against-all-note = Саналады, бірақ жеңіске жете алмайды
results-by-self = Өзін-өзі ұсынған
results-by-superior-akim = Жоғары тұрған әкім ұсынған
results-by-party = Партия ұсынған
results-votes = { $count ->
   *[other] { $count } дауыс
 }
results-share-note = Үлес дауыс беруге қатысқандардан есептелген: { $base }. Жарамсыз бюллетеньдер ({ $invalid }) бұл санға кірмейді. Реті бюллетеньдегідей.
results-share-of = Үлес қатысқандардан есептелген: { $base }.
results-embargo-note = Дауыстар осы сайлаудағы соңғы учаске жабылғаннан кейін ғана көрсетіледі: әлі дауыс беретіндерге бірде-бір сан әсер етпеуге тиіс.
results-nothing-counted = Әлі бірде-бір хаттама қабылданған жоқ.
results-votes-title = Дауыстар
results-ballot-title = Бюллетень
results-turnout-title = Белсенділік
results-turnout-sentence = бюллетень алды: тізімдегі { $whole } сайлаушыдан { $part }
results-turnout-by-protocols = Барлық хаттама бойынша.
results-turnout-reporting = { $at }: { $total } учаскенің ішінде { $stations } учаске хабарлады. Үлес хабарлаған учаскелердің тізімдерінен есептелген.
results-turnout-none = Әлі хабар түскен жоқ.
results-turnout-chart = Күн ішіндегі белсенділік
results-turnout-table = Сол деректер кестеде
results-slot-final = жабылғаннан кейін
results-x-of-y = { $part } / { $whole }
results-stations-counted = { $expected } учаскенің ішінде { $counted } учаске саналды
results-stations-title = Учаскелер мен хаттамалар
results-stations-caption = Учаскенің нөмірі оның хаттамасына апарады.
results-number = № { $number }
results-col-station = Учаске
results-col-on-list = Тізімде
results-col-received = Бюллетень алды
results-col-took-part = Қатысты
results-col-invalid = Жарамсыз
results-col-protocol = Хаттама
results-col-hour = Сағат
results-col-reporting = Хабарлаған учаскелер
results-col-turnout = Белсенділік
results-col-region = Облыс
results-col-contests = Сайлау
results-col-counted = Саналды
results-col-line = Жол
results-col-in-protocol = Хаттамада
results-col-check = Тексеру
results-commission-of = Сайлауды { $area } аумақтық сайлау комиссиясы өткізеді
results-protocol-expected = Хаттама күтілуде
results-protocol-submitted = Хаттама тексеріліп жатыр
results-protocol-submitted-with-faults = Кемшіліктерімен жіберілді
results-protocol-returned = Қайта санауға қайтарылды
results-protocol-accepted = Хаттама қабылданды
results-protocol-accepted-with-act = Актімен қабылданды
results-published-title = Жарияланған сандар
results-published-text = Бұл сандарды басқалар жариялаған; дереккөзі қатар көрсетілген. Осы беттегі адамдар мен дауыстар олардан алынбаған.
results-published-what = Не саналды
results-published-figure = Сан
results-published-source = Дереккөз
results-synthetic = Адамдар, учаскелердің сандары мен дауыстар – ойдан алынған; аумақтардың атаулары – шын.
results-sourcing-probable = Дереккөздер бұл аумақтың пилотқа қатысқанын тікелей айтпайды, бірақ солай болуы ықтимал.
results-sourcing-none = Бұл аумақтың қайсысы екенін бірде-бір дереккөз атамайды: орны толтырылмаған күйінде қалды.
results-regions-title = Облыстар бойынша
results-regions-caption = Қосындылар қабылданған хаттамалардан тұрады; облыс өз сайлауларына апарады.
results-total = Барлығы
results-screen-link = Залға арналған экран
results-station-title = № { $number } сайлау учаскесі
results-choose-station = Мұндай нөмір бірнеше облыста бар. Өзіңізге керегін таңдаңыз.
results-version-at = { $number }-нұсқа, { $when }
results-version = { $number }-нұсқа
results-row-place = Орны
results-row-address = Мекенжай
results-row-hours = Дауыс беру
results-row-access = Қолжетімділік
results-row-special = Ерекше учаске
results-row-on-list = Тізімдегі сайлаушылар
results-row-commission = Комиссия
results-hours = { $from } – { $until }
results-opened = Учаске { $from } ашылды
results-opened-closed = Ашылды: { $from }, жабылды: { $until }
results-step-free = баспалдақсыз кіруге болады
results-steps = кіреберісте баспалдақ бар
results-special = Ерекше учаске
results-members = { $count ->
   *[other] { $count } мүше
 }
results-chair = төрағасы { $name }
results-all-members = Барлық мүшелері
results-office-chair = төраға
results-office-deputy = төрағаның орынбасары
results-office-secretary = хатшы
results-office-member = мүше
results-station-votes = Осы учаскедегі дауыстар
results-no-protocol = Бұл учаскенің хаттамасы әлі келген жоқ.
results-protocol-title = Қол қойылған хаттама
results-old-version = Бұл – бұрынғы { $number }-нұсқа. Қорытындыға соңғы қабылданған нұсқа кіреді.
results-paper-alt = Қол қойылған хаттаманың суреті
results-paper-open = Қол қойылған хаттаманы ашу (PDF)
results-paper-caption = Қол қойылған қағаз, { $number }-нұсқа. Басып, толық өлшемде ашыңыз.
results-no-paper = Қол қойылған қағаз тіркелмеген.
results-lines-caption = Хаттама жолдары және олардың тексерілуі
results-findings-title = Сәйкес келмейтін тексерулер
results-explained = Учаскенің түсіндірмесі: { $text }
results-all-checks-hold = Барлық тексеру сәйкес келді.
results-accepted-by = Қабылдаған: { $office }, { $when }.
results-events-title = Не болды
results-event-sent = Учаске { $number }-нұсқаны жіберді.
results-event-sent-with-faults = Учаске { $number }-нұсқаны қағазда жазылғандай, кемшіліктерімен жіберді.
results-event-returned = Жоғары тұрған комиссия { $number }-нұсқаны қайта санауға қайтарды.
results-event-accepted = Жоғары тұрған комиссия { $number }-нұсқаны қабылдады.
results-event-accepted-with-act = Жоғары тұрған комиссия { $number }-нұсқаны № { $under } актімен қабылдады.
