# Working without a network: the panel of the office's pages, the page that stands in, answers of the inbox.
offline-title = Work without a network
offline-lead = If you see this instead of the page that you wanted, there is no network now. What you have saved on this phone is sent by itself when the network returns.
offline-pages-heading = Pages kept on this phone
offline-pages-text = These open without a network. A page is kept when you open it with a network; with a station's checklist all its sections are kept.
offline-lost-heading = If the phone is lost
offline-lost-text = Sign in from another device and end the session of this phone under “Your sessions”. Tell your commission what may have been saved on it.
offline-app-name = Tandau: office of the commission
offline-app-text = Reports from polling stations, with and without a network.
offline-heading = On this phone
offline-ready = This form works without a network. Nothing on this phone is waiting to be sent.
# $n: how many; $time: since when
offline-saved = Saved on this phone and not sent yet: { $n }, the first on { $time }.
# $n: how many
offline-sending = Being sent: { $n }. Nothing is lost if you close the page.
offline-waiting = There is no network. What is saved is sent by itself when it returns.
offline-trying = The service does not answer at the moment. What is saved stays here and is sent again.
offline-sign-in = What is saved here is sent after you have signed in again.
offline-taken = Sent and taken
offline-mend = To be mended
offline-mend-link = Open the form and mend it
offline-refused = Not taken
# $time: when it was filled in
offline-entered = Filled in on { $time }.
offline-remove = Remove from this phone
# $time: when the page was last fetched
offline-kept = There is no network. The page is shown as of { $time }.
# $time: when the entries were made
offline-draft = Your entries of { $time } that were not sent are filled in again.
offline-newer = There is a newer version of this form. Open the page again while there is a network.
# beside a link to a page that is kept
offline-here = on this phone
# $all: how many sections there are
offline-ahead-all = All sections ({ $all }) are kept on this phone and open without a network.
# $all: how many sections there are; $n: how many are kept
offline-ahead-some = Kept on this phone for work without a network: { $n } of { $all } sections. The others open only with a network.
offline-insecure = Working without a network is not possible here, because the connection to the site is not protected. The form is sent directly.
offline-no-worker = Working without a network is not possible in this browser or in a private window. The form is sent directly.
offline-no-storage = Working without a network is not possible, because this browser keeps nothing on this phone. The form is sent directly.
offline-full = There is no more room on this phone. Your entries are still in the form, and what was saved before stays. Make room and press again, or press again while there is a network: the form is then sent directly.
offline-other = Another person has signed in on this phone meanwhile. Open the page again.
offline-out-heading = Not everything has been sent
# $n: how many
offline-out-text = Saved on this phone and not sent yet: { $n }. When you sign out, everything saved here is deleted.
offline-out-send = Send first
offline-out-drop = Delete and sign out
offline-out-stay = Stay signed in
offline-too-often = Too many requests from this account in a short time. Wait a moment; nothing of what was sent before is lost.
offline-form-old = The form can't be recognised. Open the page again and fill it in once more.
offline-kind-unknown = This kind of form is not taken here.
offline-id-taken = Under the same mark something else has already arrived. Open the page again and send the form from there.
offline-other-person = This was filled in by another person. It can only be sent by whoever filled it in.
offline-photo-kind = Attach a photo (JPEG or PNG) or a PDF.
offline-photo-broken = The photo is damaged and can't be read. Take it again.
offline-photo-active = The PDF contains scripts or attachments. Attach it without them, or a photo.
offline-photo-large = The photo is too large: at most 10 MB and about 65 million pixels.
