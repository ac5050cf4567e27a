votingday-in-future = Это время ещё не наступило. Проверьте часы и минуты.
votingday-other-day = Это не день голосования. Проверьте дату.
votingday-opened-after-closing = Участок уже закрыт раньше этого времени. Проверьте время открытия.
votingday-not-opened = Сначала сообщите, когда участок открылся.
votingday-closed-before-opening = Закрытие не может быть раньше открытия. Проверьте время.
votingday-correction-reason = Это исправление. Напишите причину: прежнее сообщение остаётся видимым.
votingday-unknown-slot = Такого часа нет в правилах этих выборов.
votingday-slot-not-over = Этот час ещё не наступил. Сообщите число после него.
votingday-too-many = Число слишком велико. Проверьте цифры.
# $slot, $before: часы; $figure, $former: числа
votingday-finding-falling = К { $slot } – { $figure }, а к { $before } было { $former }. Число не может убывать: исправьте прежнее сообщение или напишите причину.
votingday-finding-above-list = К { $slot } – { $figure }, а в списке { $list } избирателей. Проверьте число или напишите причину.
votingday-finding-too-fast = К { $slot } прибавилось { $added } за { $minutes } мин.; обычно участок обслуживает не больше { $limit }. Проверьте число.
votingday-finding-too-steep = К { $slot } прибавилось { $added } за { $minutes } мин. при обычном росте до { $limit }. Проверьте число.
votingday-finding-missing = Нет сообщения за { $slot }.
