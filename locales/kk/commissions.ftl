commissions-name-central = Орталық сайлау комиссиясы
# $area: name of the district, city or region as the classifier has it
commissions-name-territorial = Аумақтық сайлау комиссиясы: { $area }
# $area: № 448
commissions-name-precinct = { $area } учаскелік сайлау комиссиясы
commissions-dates = Соңғы күні алғашқы күнінен бұрын.
commissions-size = Заң мүшелердің мұндай санына жол бермейді: Орталық және аумақтық комиссияда – 7, учаскелік комиссияда – 5-тен 11-ге дейінгі тақ сан.
commissions-area-kind = Мұндай аумақта осы деңгейдегі комиссия құрылмайды.
commissions-area-taken = Бұл аумақта осы уақытта комиссия бар.
commissions-parent = Жоғары тұрған комиссия келесі деңгейден болуға тиіс.
commissions-already-seated = Бұл адам осы уақытта комиссия құрамында бар.
commissions-office-taken = Осы уақытта бұл лауазымды басқа адам атқарады. Алдымен оның өкілеттігін тоқтатыңыз.
commissions-full = Осы уақытта комиссиядағы барлық орын толы.
commissions-last-day = Соңғы күн комиссия мүшесінің өкілеттік мерзіміне сай келуге тиіс.
commissions-already-ended = Бұл мүшенің өкілеттігі бұрын тоқтатылған.
commissions-number = Нөмірді құжаттағыдай көрсетіңіз, 30 таңбадан аспасын.
commissions-number-taken = Комиссияның биылғы шешімдерінің арасында мұндай нөмір бар.
commissions-future = Шешім әлі келмеген күнмен қабылдана алмайды.
commissions-dissent = Ерекше пікір үшін оның мәтіні және сол күні комиссия құрамында болған мүше керек.
commissions-vote-no-quorum = Қатысқан мүшелер жеткіліксіз: кемінде { $needed } мүше керек (20-баптың 4-тармағы).
commissions-vote-not-passed = Шешім қабылданбады: кемінде { $needed } «қолдаған» дауыс керек, бұл – барлық мүшенің жартысынан көбі (20-баптың 5-тармағы).
commissions-vote-no-members = Бұл күні комиссияда мүше болған жоқ.
commissions-vote-too-many-present = Қатысқандар комиссия мүшелерінен көп.
commissions-vote-too-many-votes = Дауыс саны қатысқандардан көп.
commissions-vote-passed = Бұл шешім қабылданған; оның түрін таңдаңыз.
