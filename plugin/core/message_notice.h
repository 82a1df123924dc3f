/* Checks of a notice against its documents: title, message, why. Included by message_list.h; the
 * order is that of the table in noticecheck.c. */
KK_M(N01_TITLE,
     "Vekten i kunngjøringen er en annen enn i dokumentene",
     "Vekta i kunngjeringa er ei anna enn i dokumenta",
     "The weight in the notice differs from the documents")
KK_M(N01_SAYS,
     "Kunngjøringen gir klima og miljø {0} prosent, dokumentene gir {1} prosent.",
     "Kunngjeringa gir klima og miljø {0} prosent, dokumenta gir {1} prosent.",
     "The notice gives climate and environment {0} per cent, the documents give {1}.")
KK_M(N01_WHY,
     "Leverandørene skal kunne stole på begge. Rett det som er feil før dere kunngjør; dokumentene går foran når klageorganet leser dem.",
     "Leverandørane skal kunne stole på begge. Rett det som er feil før de kunngjer; dokumenta går føre når klageorganet les dei.",
     "Suppliers must be able to rely on both. Correct the wrong one before you publish.")
KK_M(N02_TITLE,
     "Vekten i kunngjøringen er null",
     "Vekta i kunngjeringa er null",
     "The weight in the notice is nought")
KK_M(N02_SAYS,
     "Koden {0} står i kunngjøringen uten vekt over null.",
     "Koden {0} står i kunngjeringa utan vekt over null.",
     "Code {0} stands in the notice without a weight above nought.")
KK_M(N02_WHY,
     "Kontrollen på Doffin legger sammen vektene for koden, og null teller ikke. Skriv vekten fra dokumentene i BT-541.",
     "Kontrollen på Doffin legg saman vektene for koden, og null tel ikkje. Skriv vekta frå dokumenta i BT-541.",
     "The check on Doffin adds up the weights of the code, and nought does not count. Write the weight of the documents into BT-541.")
KK_M(N03_TITLE,
     "Koden gjelder ikke på denne dagen",
     "Koden gjeld ikkje på denne dagen",
     "The code is not valid on this day")
KK_M(N03_SAYS,
     "Koden {0} gjelder ikke på kunngjøringsdagen (den gjelder {1}).",
     "Koden {0} gjeld ikkje på kunngjeringsdagen (han gjeld {1}).",
     "Code {0} is not valid on the notice date (it is valid {1}).")
KK_M(N03_WHY,
     "Kodelisten fra DFØ ble endret 1. juli 2026 sammen med § 7-9. Velg koden som gjelder nå; klimakrav notice viser hvilken dokumentene kaller på.",
     "Kodelista frå DFØ vart endra 1. juli 2026 saman med § 7-9. Vel koden som gjeld no; klimakrav notice viser kva kode dokumenta kallar på.",
     "DFØ changed its code list on 1 July 2026 together with section 7-9. Choose the code in force; klimakrav notice shows which one the documents call for.")
KK_M(N04_TITLE,
     "Koden er ukjent",
     "Koden er ukjend",
     "The code is unknown")
KK_M(N04_SAYS,
     "Koden {0} i {1} står ikke i kodelisten.",
     "Koden {0} i {1} står ikkje i kodelista.",
     "Code {0} in {1} is not in the code list.")
KK_M(N04_WHY,
     "Doffin avviser kunngjøringer med ukjente koder. Kontroller skrivemåten.",
     "Doffin avviser kunngjeringar med ukjende kodar. Kontroller skrivemåten.",
     "Doffin rejects notices with unknown codes. Check the spelling.")
KK_M(N05_TITLE,
     "En kode mangler i kunngjøringen",
     "Ein kode manglar i kunngjeringa",
     "A code is missing in the notice")
KK_M(N05_SAYS,
     "Dokumentene kaller på koden {0}, men den mangler i kunngjøringen.",
     "Dokumenta kallar på koden {0}, men han manglar i kunngjeringa.",
     "The documents call for code {0}, but the notice lacks it.")
KK_M(N05_WHY,
     "Uten koden ser det ut som om konkurransen ikke følger § 7-9. Legg den til i BT-539, med vekt eller begrunnelse som i dokumentene.",
     "Utan koden ser det ut som om konkurransen ikkje følgjer § 7-9. Legg han til i BT-539, med vekt eller grunngjeving som i dokumenta.",
     "Without the code the contest seems not to follow section 7-9. Add it in BT-539, with weight or reasons as in the documents.")
KK_M(N06_TITLE,
     "Kunngjøringen lover mer enn dokumentene",
     "Kunngjeringa lovar meir enn dokumenta",
     "The notice promises more than the documents")
KK_M(N06_SAYS,
     "Koden {0} står i kunngjøringen, men dokumentene har ikke det den viser til.",
     "Koden {0} står i kunngjeringa, men dokumenta har ikkje det han viser til.",
     "Code {0} stands in the notice, but the documents lack what it refers to.")
KK_M(N06_WHY,
     "KOFA leser dokumentene, ikke kunngjøringen. Sett inn kriteriet, kravet eller begrunnelsen i dokumentene, eller velg en annen kode.",
     "KOFA les dokumenta, ikkje kunngjeringa. Set inn kriteriet, kravet eller grunngjevinga i dokumenta, eller vel ein annan kode.",
     "KOFA reads the documents, not the notice. Put the criterion, requirement or reasons into the documents, or choose another code.")
KK_M(N07_TITLE,
     "Begrunnelsen mangler i kunngjøringen",
     "Grunngjevinga manglar i kunngjeringa",
     "The reasons are missing in the notice")
KK_M(N07_SAYS,
     "Koden {0} krever en begrunnelse i BT-540, og den mangler.",
     "Koden {0} krev ei grunngjeving i BT-540, og ho manglar.",
     "Code {0} calls for reasons in BT-540, and they are missing.")
KK_M(N07_WHY,
     "Ta inn begrunnelsen fra dokumentene i beskrivelsen av kriteriet. Å gjenta navnet på koden er ingen begrunnelse.",
     "Ta inn grunngjevinga frå dokumenta i omtalen av kriteriet. Å ta opp att namnet på koden er inga grunngjeving.",
     "Put the reasons of the documents into the description of the criterion. Repeating the name of the code is no reason.")
KK_M(N08_TITLE,
     "Flere unntak på en gang",
     "Fleire unntak på ein gong",
     "Several exemptions at once")
KK_M(N08_SAYS,
     "Kunngjøringen bruker flere unntak på en gang: {0}.",
     "Kunngjeringa bruker fleire unntak på ein gong: {0}.",
     "The notice uses several exemptions at once: {0}.")
KK_M(N08_WHY,
     "Unntakene utelukker hverandre. Behold det som er begrunnet i dokumentene.",
     "Unntaka utelukkar kvarandre. Behald det som er grunngjeve i dokumenta.",
     "The exemptions exclude each other. Keep the one that the documents give reasons for.")
KK_M(N09_TITLE,
     "Vekt og rekkefølge er blandet",
     "Vekt og rekkjefølgje er blanda",
     "Weights and ranks are mixed up")
KK_M(N09_SAYS,
     "Kunngjøringen gir kriteriene {0}, dokumentene gir dem {1}.",
     "Kunngjeringa gir kriteria {0}, dokumenta gir dei {1}.",
     "The notice gives the criteria {0}, the documents give them {1}.")
KK_M(N09_WHY,
     "I en rekkefølge (ord-imp) er tallet en plass, ikke prosent: 30 betyr plass nummer 30. Bruk per-exa når dokumentene har vekt, ord-imp når de har rekkefølge.",
     "I ei rekkjefølgje (ord-imp) er talet ein plass, ikkje prosent: 30 tyder plass nummer 30. Bruk per-exa når dokumenta har vekt, ord-imp når dei har rekkjefølgje.",
     "In an order of importance (ord-imp) the figure is a rank, not a percentage: 30 means place 30. Use per-exa when the documents have weights.")
KK_M(N10_TITLE,
     "Rekkefølge der loven krever vekt",
     "Rekkjefølgje der lova krev vekt",
     "A ranking where the law asks for weights")
KK_M(N10_SAYS,
     "Kunngjøring av type {0} setter kriteriene i rekkefølge (ord-imp).",
     "Kunngjering av type {0} set kriteria i rekkjefølgje (ord-imp).",
     "A notice of type {0} ranks its criteria (ord-imp).")
KK_M(N10_WHY,
     "Over EØS-terskelverdi skal kriteriene ha vekt. Rekkefølge er for konkurranser under terskelen (E3).",
     "Over EØS-terskelverdi skal kriteria ha vekt. Rekkjefølgje er for konkurransar under terskelen (E3).",
     "Above the EEA threshold criteria must have weights. A ranking is for contests below it (E3).")
KK_M(N11_TITLE,
     "Plassen i rekkefølgen er en annen",
     "Plassen i rekkjefølgja er ein annan",
     "The rank differs")
KK_M(N11_SAYS,
     "Klima og miljø står som nummer {0} i kunngjøringen og som nummer {1} i dokumentene.",
     "Klima og miljø står som nummer {0} i kunngjeringa og som nummer {1} i dokumenta.",
     "Climate and environment rank {0} in the notice and {1} in the documents.")
KK_M(N11_WHY,
     "Plassen avgjør om kravet er oppfylt: blant de tre første. Skriv samme plass begge steder.",
     "Plassen avgjer om kravet er oppfylt: mellom dei tre første. Skriv same plass begge stader.",
     "The rank decides whether the duty is met: among the first three. Write the same rank in both places.")
KK_M(N12_TITLE,
     "CPV passer ikke med dokumentene",
     "CPV passar ikkje med dokumenta",
     "CPV does not fit the documents")
KK_M(N12_SAYS,
     "CPV {0} passer ikke med det dokumentene beskriver ({1}).",
     "CPV {0} passar ikkje med det dokumenta skildrar ({1}).",
     "CPV {0} does not fit what the documents describe ({1}).")
KK_M(N12_WHY,
     "Leverandører søker på CPV, og særreglene følger av det som kjøpes. Kontroller koden; klimakrav notice foreslår koder.",
     "Leverandørar søkjer på CPV, og særreglane følgjer av det som blir kjøpt. Kontroller koden; klimakrav notice foreslår kodar.",
     "Suppliers search by CPV. Check the code; klimakrav notice proposes codes.")
KK_M(N13_TITLE,
     "BT-06 sier ikke at innkjøpet er grønt",
     "BT-06 seier ikkje at innkjøpet er grønt",
     "BT-06 does not say that the purchase is green")
KK_M(N13_SAYS,
     "Dokumentene tar hensyn til klima og miljø, men BT-06 mangler env-imp.",
     "Dokumenta tek omsyn til klima og miljø, men BT-06 manglar env-imp.",
     "The documents take account of climate and environment, but BT-06 lacks env-imp.")
KK_M(N13_WHY,
     "BT-06 er det som teller i statistikken over grønne innkjøp. Velg env-imp.",
     "BT-06 er det som tel i statistikken over grøne innkjøp. Vel env-imp.",
     "BT-06 is what counts in the statistics of green purchasing. Choose env-imp.")
KK_M(N14_TITLE,
     "BT-06 sier grønt uten dekning",
     "BT-06 seier grønt utan dekning",
     "BT-06 says green without cover")
KK_M(N14_SAYS,
     "BT-06 sier env-imp, men dokumentene har verken kriterium eller krav med begrunnelse.",
     "BT-06 seier env-imp, men dokumenta har verken kriterium eller krav med grunngjeving.",
     "BT-06 says env-imp, but the documents have neither criterion nor requirements with reasons.")
KK_M(N14_WHY,
     "Et unntak er ikke en grønn anskaffelse. Ta bort env-imp, eller sett inn kriterium eller krav.",
     "Eit unntak er ikkje eit grønt innkjøp. Ta bort env-imp, eller set inn kriterium eller krav.",
     "An exemption is no green purchase. Remove env-imp, or put in a criterion or requirements.")
KK_M(N15_TITLE,
     "BT-774 mangler",
     "BT-774 manglar",
     "BT-774 is missing")
KK_M(N15_SAYS,
     "BT-06 sier env-imp, men BT-774 sier ikke hva innkjøpet gjør for miljøet.",
     "BT-06 seier env-imp, men BT-774 seier ikkje kva innkjøpet gjer for miljøet.",
     "BT-06 says env-imp, but BT-774 does not say which impact is reduced.")
KK_M(N15_WHY,
     "Fyll ut BT-774; klimakrav notice foreslår koder ut fra kravene.",
     "Fyll ut BT-774; klimakrav notice foreslår kodar ut frå krava.",
     "Fill in BT-774; klimakrav notice proposes codes from the requirements.")
KK_M(N16_TITLE,
     "BT-805 mangler",
     "BT-805 manglar",
     "BT-805 is missing")
KK_M(N16_SAYS,
     "BT-805 sier ikke hvilke kriterier for grønne innkjøp som er brukt.",
     "BT-805 seier ikkje kva kriterium for grøne innkjøp som er brukte.",
     "BT-805 does not say which green criteria were used.")
KK_M(N16_WHY,
     "Feltet er frivillig for de fleste, men gjør statistikken bedre.",
     "Feltet er frivillig for dei fleste, men gjer statistikken betre.",
     "The field is optional for most, but improves the statistics.")
KK_M(N17_TITLE,
     "Vektene blir ikke 100",
     "Vektene blir ikkje 100",
     "The weights do not make 100")
KK_M(N17_SAYS,
     "Vektene i kunngjøringen blir til sammen {0} prosent.",
     "Vektene i kunngjeringa blir til saman {0} prosent.",
     "The weights in the notice make {0} per cent in all.")
KK_M(N17_WHY,
     "Legg sammen vektene på nytt. Samme kriterium kan stå to ganger, eller et tall kan være en plass i en rekkefølge.",
     "Legg saman vektene på nytt. Same kriterium kan stå to gonger, eller eit tal kan vere ein plass i ei rekkjefølgje.",
     "Add up the weights anew. A criterion may stand there twice, or a figure may be a rank.")
KK_M(N18_TITLE,
     "Ukjent type kunngjøring",
     "Ukjend type kunngjering",
     "Unknown type of notice")
KK_M(N18_SAYS,
     "Kunngjøringstypen «{0}» kjenner vi ikke. Vi har sammenlignet feltene som finnes.",
     "Kunngjeringstypen «{0}» kjenner vi ikkje. Vi har samanlikna felta som finst.",
     "The notice type \"{0}\" is not known. The fields that exist were compared.")
KK_M(N18_WHY,
     "Kontroller typen (OPP-070). Om rekkefølge er lov, kan ikke avgjøres uten den.",
     "Kontroller typen (OPP-070). Om rekkjefølgje er lov, kan ikkje avgjerast utan han.",
     "Check the type (OPP-070). Whether a ranking is allowed cannot be told without it.")
KK_M(N19_TITLE,
     "Kunngjøringen er ikke av konkurransen",
     "Kunngjeringa er ikkje av konkurransen",
     "The notice is not of the contest")
KK_M(N19_SAYS,
     "Kunngjøring av type {0} kommer før eller etter konkurransen. Vi har sammenlignet feltene som finnes.",
     "Kunngjering av type {0} kjem før eller etter konkurransen. Vi har samanlikna felta som finst.",
     "A notice of type {0} comes before or after the contest. The fields that exist were compared.")
KK_M(N19_WHY,
     "Kontroller at du har valgt riktig fil.",
     "Kontroller at du har valt rett fil.",
     "Check that you chose the right file.")
KK_M(N20_TITLE,
     "Kunngjøringen har ingen kriterier",
     "Kunngjeringa har ingen kriterium",
     "The notice has no criteria")
KK_M(N20_SAYS,
     "Kunngjøringen har ingen tildelingskriterier (BT-539).",
     "Kunngjeringa har ingen tildelingskriterium (BT-539).",
     "The notice has no award criteria (BT-539).")
KK_M(N20_WHY,
     "Kriteriene kan stå bare i dokumentene, men da ser ikke Doffin om § 7-9 er fulgt. Ta dem inn i kunngjøringen.",
     "Kriteria kan stå berre i dokumenta, men då ser ikkje Doffin om § 7-9 er følgd. Ta dei inn i kunngjeringa.",
     "Criteria may stand in the documents alone, but then Doffin cannot see whether section 7-9 was followed.")
KK_M(N21_TITLE,
     "Kunngjøringen har en annen dag",
     "Kunngjeringa har ein annan dag",
     "The notice has another date")
KK_M(N21_SAYS,
     "Kunngjøringen er datert {0}, men kontrollen gjelder {1}.",
     "Kunngjeringa er datert {0}, men kontrollen gjeld {1}.",
     "The notice is dated {0}, but the check is for {1}.")
KK_M(N21_WHY,
     "Reglene og kodene skifter med dagen. Kjør kontrollen med --date for dagen dere kunngjør.",
     "Reglane og kodane skiftar med dagen. Køyr kontrollen med --date for dagen de kunngjer.",
     "Rules and codes change by date. Run the check with --date for the day of publication.")
KK_M(NOTICE_WEIGHTS, "vekt", "vekt", "weights")
KK_M(NOTICE_RANKS, "rekkefølge", "rekkjefølgje", "ranks")
KK_M(NOTICE_WHOLE, "hele kunngjøringen", "heile kunngjeringa", "the whole notice")
KK_M(NOTICE_LOT, "{0}, linje {1}", "{0}, linje {1}", "{0}, line {1}")
KK_M(NOTICE_FROM, "fra {0}", "frå {0}", "from {0}")
KK_M(NOTICE_TO, "til {0}", "til {0}", "to {0}")
KK_M(NOTICE_TITLE, "Felter til kunngjøringen (eForms)", "Felt til kunngjeringa (eForms)", "Fields of the notice (eForms)")
KK_M(NOTICE_BT06, "strategisk anskaffelse", "strategisk innkjøp", "strategic procurement")
KK_M(NOTICE_BT539, "tildelingskriterier", "tildelingskriterium", "award criteria")
KK_M(NOTICE_BT774, "virkning på miljøet", "verknad på miljøet", "environmental impact")
KK_M(NOTICE_BT805, "kriterier for grønne innkjøp", "kriterium for grøne innkjøp", "green criteria")
KK_M(NOTICE_BT262, "CPV, forslag", "CPV, forslag", "CPV, proposals")
KK_M(NOTICE_BT540, "Begrunnelsen i dokumentene skal inn i BT-540.", "Grunngjevinga i dokumenta skal inn i BT-540.", "The reasons of the documents go into BT-540.")
KK_M(NOTICE_NO_WEIGHT, "uten vekt", "utan vekt", "no weight")
KK_M(NOTICE_RANK, "plass {0}", "plass {0}", "rank {0}")
KK_M(NOTICE_NONE, "Ingenting i dokumentene kaller på dette feltet.", "Ingenting i dokumenta kallar på dette feltet.", "Nothing in the documents calls for this field.")
KK_M(NOTICE_OPEN, "Vi fant ingen tildelingskriterier i dokumentene.", "Vi fann ingen tildelingskriterium i dokumenta.", "No award criteria were found in the documents.")
KK_M(NOTICE_CHECK, "Forslag ut fra dokumentene. Kontroller dem før dere kunngjør.", "Forslag ut frå dokumenta. Kontroller dei før de kunngjer.", "Proposals from the documents. Check them before you publish.")
KK_M(NOTICE_SUM, "Sum", "Sum", "Sum")
KK_M(NOTICE_TYPE, "Type", "Type", "Type")
KK_M(NOTICE_LOT_WORD, "Delkontrakt", "Delkontrakt", "Lot")
KK_M(NOTICE_STATED, "står i dokumentene", "står i dokumenta", "stands in the documents")

/* the screen of klimakrav check */
KK_M(GATE_NONE, "IKKE ET KONKURRANSEGRUNNLAG", "IKKJE EIT KONKURRANSEGRUNNLAG", "NOT A TENDER DOCUMENT")
KK_M(GATE_NONE_WHY,
     "Vi fant verken tildelingskriterier, kapittel om tildeling eller begrunnelse etter § 7-9, så det er ingen "
     "konkurranse å vurdere. Ta med konkurransegrunnlaget, om dette er et vedlegg til det.",
     "Vi fann verken tildelingskriterium, kapittel om tildeling eller grunngjeving etter § 7-9, så det er ingen "
     "konkurranse å vurdere. Ta med konkurransegrunnlaget, om dette er eit vedlegg til det.",
     "No award criteria, award chapter or reasons under section 7-9 were found, so there is no contest to judge. "
     "Add the tender document if this is an annex to it.")
KK_M(GATE_UNKNOWN, "KAN IKKE AVGJØRES", "KAN IKKJE AVGJERAST", "CANNOT BE TOLD")
KK_M(GATE_SUM, "Slik regnet vi", "Slik rekna vi", "How the weights add up")
KK_M(GATE_COUNTS, "teller", "tel", "counts")
KK_M(GATE_NOT, "teller ikke", "tel ikkje", "does not count")
KK_M(GATE_LIST, "Sjekkliste", "Sjekkliste", "Checklist")
KK_M(GATE_LAW, "Hva vi bygger på", "Kva vi byggjer på", "What this rests on")
KK_M(TOPIC_S01, "Nullutslipp for biler, varebiler og bybusser", "Nullutslepp for bilar, varebilar og bybussar",
     "Zero emission for cars, vans and city buses")
KK_M(TOPIC_S02, "Fossilfri byggvarme", "Fossilfri byggvarme", "Fossil-free site heat")
KK_M(TOPIC_S03, "Ikke tropisk trevirke", "Ikkje tropisk trevirke", "No tropical timber")
KK_M(TOPIC_S04, "Ikke forbudt plast til engangsbruk", "Ikkje forboden plast til eingongsbruk",
     "No banned single-use plastic")
KK_M(TOPIC_S05, "Matsvinn følges opp", "Matsvinn blir følgt opp", "Food waste is followed up")
KK_M(TOPIC_S06, "Ikke krav om lokal opprinnelse", "Ikkje krav om lokalt opphav", "No demand for local origin")
KK_M(TOPIC_S07, "Ikke flytende biodrivstoff på vei", "Ikkje flytande biodrivstoff på veg",
     "No liquid biofuel in road transport")
KK_M(TOPIC_S08, "TEK17: klimagassregnskap, ombruk og sortering", "TEK17: klimagassrekneskap, ombruk og sortering",
     "TEK17: greenhouse-gas account, reuse and sorting")
KK_M(TOPIC_S09, "Kjøringen i oppdraget er med", "Køyringa i oppdraget er med", "Driving in the service is covered")
KK_M(TOPIC_FOLLOW, "Kontrakten følger opp med rapport, kontroll og bot",
     "Kontrakten følgjer opp med rapport, kontroll og bot", "The contract follows up: reports, control, sanction")
KK_M(TOPIC_FILLED, "Alt er fylt ut, veiledning er tatt bort", "Alt er fylt ut, rettleiing er teken bort",
     "Everything is filled in, guidance is removed")
KK_M(TOPIC_TRACKED, "Sporede endringer er avgjort", "Spora endringar er avgjorde", "Tracked changes are settled")
KK_M(TOPIC_EMPTY, "Ingen tomme overskrifter om miljø", "Ingen tomme overskrifter om miljø",
     "No empty headings on environment")
KK_M(TOPIC_ALTERNATIVES, "Alternativer er strøket", "Alternativ er strokne", "Alternatives are struck out")
KK_M(TOPIC_NOTICE, "Kunngjøringen stemmer med dokumentene", "Kunngjeringa stemmer med dokumenta",
     "The notice agrees with the documents")
KK_M(LANG_CHAPTERS, "Målform i hvert kapittel", "Målform i kvart kapittel", "Language form of each chapter")
KK_M(GATE_TOTAL, "Klima og miljø til sammen {0} %, kravet er minst {1} %", "Klima og miljø til saman {0} %, kravet er minst {1} %",
     "Climate and environment {0} % in all, at least {1} % is asked for")
KK_M(GATE_TOTAL_ONLY, "Klima og miljø til sammen {0} %", "Klima og miljø til saman {0} %", "Climate and environment {0} % in all")
