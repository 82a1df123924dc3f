/* KK_T(ID, bokmål, nynorsk, English). Included by texts.h and texts.c; no include guard. Texts with %
 * are formats: their arguments are in the order of the comment behind. */

/* help: frame */
KK_T(HELP_USAGE, "Bruk", "Bruk", "Usage")
KK_T(HELP_COMMANDS, "Kommandoer", "Kommandoar", "Commands")
KK_T(HELP_OPTIONS, "Valg", "Val", "Options")
KK_T(HELP_COMMON, "Felles valg", "Felles val", "Common options")
KK_T(HELP_COMMAND, "kommando", "kommando", "command")
KK_T(HELP_OPTION_WORD, "valg", "val", "options")
KK_T(HELP_TITLE, "klimakrav – klima- og miljøkrav i anskaffelsesdokumenter",
     "klimakrav – klima- og miljøkrav i innkjøpsdokument",
     "klimakrav – climate and environment requirements in procurement documents")
KK_T(HELP_MORE, "Mer om en kommando: klimakrav KOMMANDO --help",
     "Meir om ein kommando: klimakrav KOMMANDO --help",
     "More about a command: klimakrav COMMAND --help")
KK_T(HELP_EXIT,
     "Sluttkode: 0 ferdig uten funn på nivået --fail-on, 1 slike funn gjenstår, 2 feil bruk eller avvist fil.",
     "Sluttkode: 0 ferdig utan funn på nivået --fail-on, 1 slike funn står att, 2 feil bruk eller avvist fil.",
     "Exit code: 0 done, no finding at the level of --fail-on, 1 such findings remain, 2 wrong use or refused "
     "file.")

/* help: commands */
KK_T(CMD_AUDIT, "finn hva som mangler i maler; mapper gjennomgås",
     "finn kva som manglar i malar; mapper blir gjennomgåtte",
     "find what templates lack; folders are walked")
KK_T(CMD_CHECK, "kontroll før kunngjøring: klar eller ikke, og hvorfor",
     "kontroll før kunngjering: klar eller ikkje, og kvifor",
     "check before publication: ready or not, and why")
KK_T(CMD_NOTICE, "feltene til kunngjøringen (eForms) ut fra dokumentene", "felta til kunngjeringa (eForms) ut frå dokumenta",
     "the fields of the notice (eForms) from the documents")
KK_T(CMD_INSERT, "sett inn klausulene som funnene ber om, som sporede endringer",
     "set inn klausulane som funna bed om, som spora endringar",
     "insert the clauses that findings call for, as tracked changes")
KK_T(CMD_UPDATE, "det samme for mange maler: planlegg, sett inn, journal, angre",
     "det same for mange malar: planlegg, set inn, journal, angre",
     "the same for many templates: plan, insert, journal, undo")
KK_T(CMD_WITHDRAW, "ta ut igjen det klimakrav har satt inn", "ta ut att det klimakrav har sett inn",
     "take out again what klimakrav inserted")
KK_T(CMD_RELEASE, "kopien som kunngjøres: uten våre innholdskontroller, merknader og sporing",
     "kopien som blir kunngjord: utan våre innhaldskontrollar, merknader og sporing",
     "the copy for publication: without our content controls, comments and tracking")
KK_T(CMD_RECEIPT, "bevis at ingenting utenom kvitteringens endringer er rørt",
     "prov at ingenting utanom endringane i kvitteringa er rørt",
     "prove that nothing but the receipt's changes moved")
KK_T(CMD_CLASSIFY, "hva som kjøpes: kategorier med begrunnelse og CPV",
     "kva som blir kjøpt: kategoriar med grunngiving og CPV",
     "what is bought: categories with evidence and CPV")
KK_T(CMD_REQUIREMENTS, "er linjene på stdin klima- og miljøkrav? (id<TAB>tekst)",
     "er linjene på stdin klima- og miljøkrav? (id<TAB>tekst)",
     "are the lines on stdin climate or environment requirements? (id<TAB>text)")
KK_T(CMD_TEXT, "teksten slik reglene ser den", "teksten slik reglane ser han",
     "the text as the rules see it")
KK_T(CMD_RULES, "kriteriebanken: list, show ID, lint, test, coverage",
     "kriteriebanken: list, show ID, lint, test, coverage",
     "the bank: list, show ID, lint, test, coverage")

/* help: options */
KK_T(OPT_DATE, "kunngjøringsdato, velger regler og klausuler (i dag)",
     "kunngjeringsdato, vel reglar og klausular (i dag)",
     "notice date, picks rules and clauses (today)")
KK_T(OPT_FAIL_ON, "laveste nivå som gir sluttkode 1 (error)", "lågaste nivå som gir sluttkode 1 (error)",
     "lowest level that gives exit code 1 (error)")
KK_T(OPT_CONFIG, "fil med eget oppsett (letes etter oppover fra dokumentet)",
     "fil med eige oppsett (blir leitt etter oppover frå dokumentet)",
     "your configuration (klimakrav.xml, looked for upwards from the file)")
KK_T(OPT_BASELINE, "grunnlinje: funn som står der, teller ikke", "grunnlinje: funn som står der, tel ikkje",
     "baseline: findings that stand there do not count")
KK_T(OPT_LEDGER, "noter kjøringen i et klimaregnskap (SQLite)", "noter køyringa i ein klimarekneskap (SQLite)",
     "record the run in a ledger (SQLite)")
KK_T(OPT_TIMESTAMP_RUN, "når kjøringen var, for regnskapet (nå, UTC)",
     "når køyringa var, for rekneskapen (no, UTC)", "when the run was, for the ledger (now, UTC)")
KK_T(OPT_WRITE_BASELINE, "skriv funnene som ny grunnlinje", "skriv funna som ny grunnlinje",
     "write the findings as a new baseline")
KK_T(OPT_RULES, "mappe med egne regler og klausuler; kan gjentas",
     "mappe med eigne reglar og klausular; kan takast opp att",
     "folder with rules and clauses of your own; repeatable")
KK_T(OPT_LANG, "språk i meldinger og rapporter", "språk i meldingar og rapportar",
     "language of messages and reports")
KK_T(OPT_FORMAT, "form på resultatet (text)", "form på resultatet (text)",
     "form of the result (text)")
KK_T(OPT_OUTPUT, "skriv resultatet til en fil", "skriv resultatet til ei fil",
     "write the result to a file")
KK_T(OPT_JOBS, "antall tråder (alle kjerner)", "talet på trådar (alle kjernar)",
     "number of threads (all cores)")
KK_T(OPT_PROGRESS, "vis framdrift på stderr (auto)", "vis framdrift på stderr (auto)",
     "show progress on stderr (auto)")
KK_T(OPT_VERSION, "versjon av program og bank", "versjon av program og bank",
     "version of program and bank")
KK_T(OPT_HELP, "denne hjelpen", "denne hjelpa", "this help")
KK_T(OPT_NOTICE, "sammenlign med kunngjøringen (eForms, XML)", "samanlikn med kunngjeringa (eForms, XML)",
     "compare with the notice (eForms, XML)")
KK_T(OPT_PROCUREMENT, "alle filene er én anskaffelse", "alle filene er eitt innkjøp",
     "all files are one procurement")
KK_T(OPT_CATEGORY, "vurder for denne kategorien; kan gjentas",
     "vurder for denne kategorien; kan takast opp att", "judge for this category; repeatable")
KK_T(OPT_OUT, "skriv den nye filen hit", "skriv den nye fila hit", "write the new file here")
KK_T(OPT_IN_PLACE, "endre filen selv; kopi i FIL.bak", "endre fila sjølv; kopi i FIL.bak",
     "change the file itself; copy in FILE.bak")
KK_T(OPT_BACKUP, "legg kopien i denne mappen", "legg kopien i denne mappa",
     "put the copy into this folder")
KK_T(OPT_NO_BACKUP, "ingen kopi", "ingen kopi", "no copy")
KK_T(OPT_CLAUSE, "denne klausulen, også når ingen funn ber om den; kan gjentas",
     "denne klausulen, også når ingen funn bed om han; kan takast opp att",
     "this clause, asked for or not; repeatable")
KK_T(OPT_CLAUSE_OUT, "bare denne klausulen; kan gjentas", "berre denne klausulen; kan takast opp att",
     "only this clause; repeatable")
KK_T(OPT_CLAUSE_LANG, "målform på klausulene (dokumentets)", "målform på klausulane (dokumentet si)",
     "language form of the clauses (the document's)")
KK_T(OPT_LEVEL, "ambisjonsnivå (basis)", "ambisjonsnivå (basis)", "level of ambition (basis)")
KK_T(OPT_TRACK, "som sporede endringer (standard for insert)",
     "som spora endringar (standard for insert)", "as tracked changes (insert's default)")
KK_T(OPT_NO_TRACK, "uten sporing", "utan sporing", "untracked")
KK_T(OPT_AUTHOR, "forfatter av endringene (klimakrav)", "forfattar av endringane (klimakrav)",
     "author of the changes (klimakrav)")
KK_T(OPT_TIMESTAMP, "tid på endringene, 2026-11-23T12:00:00Z (nå)",
     "tid på endringane, 2026-11-23T12:00:00Z (no)",
     "time of the changes, 2026-11-23T12:00:00Z (now)")
KK_T(OPT_SET, "verdi for et felt i klausulene; kan gjentas",
     "verdi for eit felt i klausulane; kan takast opp att", "value of a clause field; repeatable")
KK_T(OPT_VALUES, "verdier for felt fra en JSON-fil", "verdiar for felt frå ei JSON-fil",
     "values of fields from a JSON file")
KK_T(OPT_ONLY_REVIEWED, "bare klausuler som er gjennomgått av jurist",
     "berre klausular som er gjennomgått av jurist", "only clauses reviewed by a lawyer")
KK_T(OPT_DROP_SIGNATURE, "rediger også signerte filer; signaturen fjernes",
     "rediger også signerte filer; signaturen blir fjerna",
     "edit signed files too; the signature goes")
KK_T(OPT_COMMENTS, "legg kopier med funnene som merknader i Word i denne mappen",
     "legg kopiar med funna som merknader i Word i denne mappa",
     "put copies with the findings as Word comments into this folder")
KK_T(SAME_FOLDER, "--comments ville skrive over originalen; oppgi en annen mappe",
     "--comments ville skrive over originalen; oppgje ei anna mappe",
     "--comments would overwrite the original; give another folder")
KK_T(OPT_RECEIPT, "kvittering; en tidligere leses først, så det du har avvist ikke settes inn igjen",
     "kvittering; ei tidlegare blir lesen først, så det du har avvist ikkje blir sett inn att",
     "receipt; an earlier one is read first, so that what you rejected is not put in again")
KK_T(OPT_TAKE_OURS, "legg bankens tekst der klausuler er endret for hånd eller er eldre",
     "legg teksten i banken der klausular er endra for hand eller er eldre",
     "put the bank's text where clauses were edited by hand or are older")
KK_T(OPT_DRY_RUN, "vis planen, skriv ingenting", "vis planen, skriv ingenting",
     "show the plan, write nothing")
KK_T(OPT_CHECK_ONLY, "skriv ingenting; sluttkode 1 hvis noe ville bli satt inn",
     "skriv ingenting; sluttkode 1 om noko ville bli sett inn",
     "write nothing; exit code 1 if something would be inserted")
KK_T(OPT_TSV, "les id<TAB>tekst fra stdin, skriv id<TAB>svar",
     "les id<TAB>tekst frå stdin, skriv id<TAB>svar",
     "read id<TAB>text from stdin, write id<TAB>answer")
KK_T(OPT_STRICT, "bare klimakrav i snever forstand", "berre klimakrav i snever forstand",
     "only climate requirements in the narrow sense")

KK_T(OPT_OUTPUT_DIR, "skriv alle filene til denne mappen, med samme mappetre",
     "skriv alle filene til denne mappa, med same mappetre",
     "write all files to this folder, with the same tree")
KK_T(OPT_RESUME, "fortsett en avbrutt kjøring", "hald fram med ei avbroten køyring",
     "go on with a run that was broken off")
KK_T(OPT_JOURNAL, "journal (.klimakrav-journal i første PATH)", "journal (.klimakrav-journal i første PATH)",
     "journal (.klimakrav-journal in the first PATH)")
KK_T(OPT_UNDO, "ta hele kjøringen i journalen tilbake", "ta heile køyringa i journalen tilbake",
     "take the whole run of the journal back")
KK_T(OPT_INTERACTIVE, "spør for hver klausul", "spør for kvar klausul", "ask for each clause")
KK_T(OPT_FILES_FROM, "les filnavn fra en fil, én på linjen; - er stdin",
     "les filnamn frå ei fil, eitt på linja; - er stdin",
     "read file names from a file, one a line; - is stdin")
KK_T(OPT_SHARD, "bare del I av N av filene", "berre del I av N av filene", "only part I of N of the files")

KK_T(CMD_WATCH, "rapport (og kopi) i en mappe for hver mal som kommer eller endres",
     "rapport (og kopi) i ei mappe for kvar mal som kjem eller blir endra",
     "a report (and a copy) in a folder for each template that comes or changes")
KK_T(OPT_WITH_INSERT, "også en kopi med klausulene satt inn", "også ein kopi med klausulane sette inn",
     "also a copy with the clauses inserted")
KK_T(OPT_ONCE, "ta det som ligger der, og slutt", "ta det som ligg der, og slutt",
     "do what is there, and end")
KK_T(CMD_SERVE, "svar på ett JSON-spørsmål per linje fra et annet program",
     "svar på eitt JSON-spørsmål per linje frå eit anna program",
     "answer one JSON request a line from another program")
KK_T(OPT_STDIO, "les fra stdin, svar på stdout", "les frå stdin, svar på stdout",
     "read from stdin, answer on stdout")
KK_T(OPT_NO_PATHS, "ta bare imot dokumenter i selve spørsmålet, åpne ingen filer",
     "ta berre imot dokument i sjølve spørsmålet, opne ingen filer",
     "take documents as bytes only, open no files")

/* wrong use */
KK_T(BAD_COMMAND, "ukjent kommando «%s»; se klimakrav --help", "ukjend kommando «%s»; sjå klimakrav --help",
     "unknown command \"%s\"; see klimakrav --help")
KK_T(BAD_OPTION, "ukjent valg %s; se klimakrav %s --help", "ukjent val %s; sjå klimakrav %s --help",
     "unknown option %s; see klimakrav %s --help")
KK_T(BAD_OPTION_NEAR, "ukjent valg %s; mente du --%s?", "ukjent val %s; meinte du --%s?",
     "unknown option %s; did you mean --%s?")
KK_T(NO_VALUE, "valget --%s mangler verdi; skriv --%s %s", "valet --%s manglar verdi; skriv --%s %s",
     "option --%s lacks its value; write --%s %s")
KK_T(NO_VALUE_WANTED, "valget --%s tar ingen verdi; skriv bare --%s",
     "valet --%s tek ingen verdi; skriv berre --%s", "option --%s takes no value; write --%s alone")
KK_T(TWICE, "valget --%s er gitt to ganger; gi det én gang", "valet --%s er gitt to gonger; gje det éin gong",
     "option --%s is given twice; give it once")
KK_T(BAD_CHOICE, "«%s» er ingen verdi for --%s; velg en av %s", "«%s» er ingen verdi for --%s; vel ein av %s",
     "\"%s\" is no value for --%s; choose one of %s")
KK_T(BAD_DATE, "«%s» er ingen dato; skriv den som 2026-11-23", "«%s» er ingen dato; skriv han som 2026-11-23",
     "\"%s\" is no date; write it as 2026-11-23")
KK_T(BAD_NUMBER, "«%s» er ikke et tall mellom 1 og 256; skriv --jobs 4",
     "«%s» er ikkje eit tal mellom 1 og 256; skriv --jobs 4",
     "\"%s\" is no number between 1 and 256; write --jobs 4")
KK_T(NO_PATH, "ingen filer oppgitt; skriv klimakrav %s %s", "ingen filer oppgitt; skriv klimakrav %s %s",
     "no files given; write klimakrav %s %s")
KK_T(ONE_PATH, "oppgi én fil; klimakrav %s %s", "oppgje éi fil; klimakrav %s %s",
     "give one file; klimakrav %s %s")
KK_T(NO_TEMPLATES, "ingen maler her (docx, dotx, docm, dotm); oppgi en annen mappe eller en fil",
     "ingen malar her (docx, dotx, docm, dotm); oppgje ei anna mappe eller ei fil",
     "no templates here (docx, dotx, docm, dotm); give another folder or a file")
KK_T(NEED_OUT, "hvor skal den nye filen; skriv -o FIL, eller --in-place",
     "kor skal den nye fila; skriv -o FIL, eller --in-place",
     "where does the new file go; write -o FILE, or --in-place")
KK_T(OUT_AND_PLACE, "-o og --in-place utelukker hverandre; velg ett av dem",
     "-o og --in-place utelukkar kvarandre; vel eitt av dei",
     "-o and --in-place exclude each other; choose one")
KK_T(TWO_BACKUPS, "--backup og --no-backup utelukker hverandre; velg ett av dem",
     "--backup og --no-backup utelukkar kvarandre; vel eitt av dei",
     "--backup and --no-backup exclude each other; choose one")
KK_T(TRACK_BOTH, "--track og --no-track utelukker hverandre; velg ett av dem",
     "--track og --no-track utelukkar kvarandre; vel eitt av dei",
     "--track and --no-track exclude each other; choose one")
KK_T(SAME_FILE, "-o peker på filen selv; bruk --in-place i stedet",
     "-o peikar på fila sjølv; bruk --in-place i staden",
     "-o names the file itself; use --in-place instead")
KK_T(BAD_SET, "«%s» er ikke NAVN=VERDI; skriv --set andel=30", "«%s» er ikkje NAMN=VERDI; skriv --set andel=30",
     "\"%s\" is not NAME=VALUE; write --set andel=30")
KK_T(NEED_TSV, "denne kommandoen leser linjer fra stdin; skriv klimakrav %s --tsv < FIL",
     "denne kommandoen les linjer frå stdin; skriv klimakrav %s --tsv < FIL",
     "this command reads lines from stdin; write klimakrav %s --tsv < FILE")
KK_T(BAD_LINE, "linje %zu mangler tabulator; skriv id<TAB>tekst", "linje %zu manglar tabulator; skriv id<TAB>tekst",
     "line %zu has no tab; write id<TAB>text")
KK_T(BAD_RULES_COMMAND, "«%s» er ikke list, show, lint, test eller coverage; se klimakrav rules --help",
     "«%s» er ikkje list, show, lint, test eller coverage; sjå klimakrav rules --help",
     "\"%s\" is not list, show, lint, test or coverage; see klimakrav rules --help")
KK_T(NO_RULES_COMMAND, "hva vil du med banken; skriv list, show ID, lint, test eller coverage",
     "kva vil du med banken; skriv list, show ID, lint, test eller coverage",
     "what do you want with the bank; write list, show ID, lint, test or coverage")
KK_T(NO_ID, "oppgi id på regel, klausul eller kategori; klimakrav rules show ID",
     "oppgje id på regel, klausul eller kategori; klimakrav rules show ID",
     "give the id of a rule, clause or category; klimakrav rules show ID")
KK_T(BAD_FORMAT, "--format %s finnes ikke for %s; velg en av %s", "--format %s finst ikkje for %s; vel ein av %s",
     "--format %s does not exist for %s; choose one of %s")
KK_T(NO_BANK, "finner ikke kriteriebanken; installer programmet, eller sett KLIMAKRAV_BANK til mappen",
     "finn ikkje kriteriebanken; installer programmet, eller set KLIMAKRAV_BANK til mappa",
     "cannot find the bank; install the program, or set KLIMAKRAV_BANK to its folder")
KK_T(STDOUT_FAILED, "stdout: kan ikke skrives; frigjør plass, eller bruk --output",
     "stdout: kan ikkje skrivast; frigjer plass, eller bruk --output",
     "stdout: cannot be written; free some space, or use --output")
KK_T(STDIN_FAILED, "stdin: kan ikke leses; prøv igjen", "stdin: kan ikkje lesast; prøv igjen",
     "stdin: cannot be read; try again")
KK_T(NO_MEMORY, "for lite minne; lukk andre programmer", "for lite minne; lukk andre program",
     "out of memory; close other programs")

/* insert and withdraw */
KK_T(NOTICE_LANG, "målformen er usikker; klausulene kommer på bokmål (--clause-lang velger)",
     "målforma er usikker; klausulane kjem på bokmål (--clause-lang vel)",
     "the language form is uncertain; the clauses come in bokmål (--clause-lang chooses)")
KK_T(WROTE, "Skrev %s", "Skreiv %s", "Wrote %s")
KK_T(COPY_IN, "Kopi av originalen: %s", "Kopi av originalen: %s", "Copy of the original: %s")
KK_T(NOTHING_CHANGED, "Ingenting å gjøre; filen er urørt.", "Ingenting å gjere; fila er urørt.",
     "Nothing to do; the file is untouched.")
KK_T(NOTHING_COPIED, "Ingenting å gjøre; %s er lik originalen.", "Ingenting å gjere; %s er lik originalen.",
     "Nothing to do; %s equals the original.")
KK_T(INSERTED_ONE, "%zu klausul satt inn:", "%zu klausul sett inn:", "%zu clause inserted:")
KK_T(INSERTED, "%zu klausuler satt inn:", "%zu klausular sette inn:", "%zu clauses inserted:")
KK_T(UPGRADED_ONE, "%zu klausul oppgradert:", "%zu klausul oppgradert:", "%zu clause upgraded:")
KK_T(UPGRADED, "%zu klausuler oppgradert:", "%zu klausular oppgraderte:", "%zu clauses upgraded:")
KK_T(WITHDRAWN_ONE, "%zu klausul tatt ut.", "%zu klausul teken ut.", "%zu clause taken out.")
KK_T(WITHDRAWN, "%zu klausuler tatt ut.", "%zu klausular tekne ut.", "%zu clauses taken out.")
KK_T(RELEASED_ONE, "%zu klausul er nå vanlig tekst.", "%zu klausul er no vanleg tekst.",
     "%zu clause is plain text now.")
KK_T(RELEASED, "%zu klausuler er nå vanlig tekst.", "%zu klausular er no vanleg tekst.",
     "%zu clauses are plain text now.")
KK_T(OPEN_FIELD, "%s: feltet %s er ikke fylt ut («%s», %s)", "%s: feltet %s er ikkje fylt ut («%s», %s)",
     "%s: field %s is not filled in (\"%s\", %s)")
KK_T(OTHER_BANK, "laget med bank %s; her er bank %s", "laga med bank %s; her er bank %s",
     "made with bank %s; here is bank %s")
KK_T(BAD_RECEIPT_USE, "oppgi tre filer; klimakrav receipt verify FØR ETTER KVITTERING",
     "oppgje tre filer; klimakrav receipt verify FØR ETTER KVITTERING",
     "give three files; klimakrav receipt verify BEFORE AFTER RECEIPT")
KK_T(REMAIN, "Gjenstår: feil %zu, advarsler %zu, opplysninger %zu.",
     "Står att: feil %zu, åtvaringar %zu, opplysingar %zu.",
     "Remaining: errors %zu, warnings %zu, notes %zu.")
KK_T(FILL_IN, "fyll ut: ", "fyll ut: ", "fill in: ")
KK_T(UPDATE_TOC, "Oppdater innholdsfortegnelsen i Word (F9).", "Oppdater innhaldslista i Word (F9).",
     "Update the table of contents in Word (F9).")
KK_T(CANDIDATE, "mulig sted: ", "mogleg stad: ", "possible place: ")
KK_T(NO_BACKUP_NAME, "finner ikke noe ledig navn til kopien; rydd i gamle kopier, eller bruk --backup",
     "finn ikkje noko ledig namn til kopien; rydd i gamle kopiar, eller bruk --backup",
     "no free name for the copy; clear out old copies, or use --backup")

/* update */
KK_T(NEED_PLACE, "hvor skal resultatet; skriv --in-place eller --output-dir MAPPE",
     "kor skal resultatet; skriv --in-place eller --output-dir MAPPE",
     "where does the result go; write --in-place or --output-dir DIR")
KK_T(PLACE_BOTH, "--in-place og --output-dir utelukker hverandre; velg ett av dem",
     "--in-place og --output-dir utelukkar kvarandre; vel eitt av dei",
     "--in-place and --output-dir exclude each other; choose one")
KK_T(BACKUP_PLACE, "--backup og --no-backup hører til --in-place; ta dem bort",
     "--backup og --no-backup høyrer til --in-place; ta dei bort",
     "--backup and --no-backup belong to --in-place; leave them out")
KK_T(UNDO_ALONE, "--undo tar bare journalen; skriv klimakrav update --undo JOURNAL",
     "--undo tek berre journalen; skriv klimakrav update --undo JOURNAL",
     "--undo takes the journal alone; write klimakrav update --undo JOURNAL")
KK_T(NEED_JOURNAL, "med --files-from må journalen oppgis; skriv --journal FIL",
     "med --files-from må journalen oppgjevast; skriv --journal FIL",
     "with --files-from the journal must be named; write --journal FILE")
KK_T(ASK_STDIN, "--interactive leser svar fra stdin; oppgi filene uten --files-from -",
     "--interactive les svar frå stdin; oppgje filene utan --files-from -",
     "--interactive reads answers from stdin; give the files without --files-from -")
KK_T(OUT_IS_IN, "--output-dir er en av mappene som skal oppdateres; velg en annen mappe",
     "--output-dir er ei av mappene som skal oppdaterast; vel ei anna mappe",
     "--output-dir is one of the folders to update; choose another folder")
KK_T(NO_UNDO, "med --no-backup kan kjøringen ikke tas tilbake", "med --no-backup kan køyringa ikkje takast tilbake",
     "with --no-backup the run cannot be taken back")
KK_T(REFUSED_FILE, "en klausul har ikke noe sikkert sted; velg sted i Word eller sett den inn for hånd: %s",
     "ein klausul har ikkje nokon sikker stad; vel stad i Word eller set han inn for hand: %s",
     "a clause has no certain place; choose a place in Word or insert it by hand: %s")
KK_T(TOUCHED_FILE, "filen er endret siden kjøringen og står urørt; hent originalen fra %s om du vil ha den",
     "fila er endra sidan køyringa og står urørt; hent originalen frå %s om du vil ha han",
     "the file was changed since the run and is left alone; take the original from %s if you want it")
KK_T(ASK_INSERT, "Sett inn? j = ja, n = nei, a = alle i filen, h = hopp over filen, s = stopp: ",
     "Set inn? j = ja, n = nei, a = alle i fila, h = hopp over fila, s = stopp: ",
     "Insert? y = yes, n = no, a = all in this file, k = skip the file, s = stop: ")
KK_T(TIME_LEFT, "igjen", "att", "left")
KK_T(BAD_SHARD, "«%s» er ingen del; skriv --shard 2/8, fra 1 til antallet",
     "«%s» er ingen del; skriv --shard 2/8, frå 1 til talet på delar",
     "\"%s\" is no part; write --shard 2/8, from 1 to the number of parts")
KK_T(SHARD_SET, "--shard deler en anskaffelse som skal ses samlet; ta bort --shard eller --as-procurement",
     "--shard deler eit innkjøp som skal sjåast samla; ta bort --shard eller --as-procurement",
     "--shard splits a procurement that is judged as a whole; leave out --shard or --as-procurement")

KK_T(WATCH_NOT_HERE,
     "watch finnes ikke på Windows; kjør klimakrav update som planlagt oppgave",
     "watch finst ikkje på Windows; køyr klimakrav update som planlagd oppgåve",
     "watch does not exist on Windows; run klimakrav update as a scheduled task")

/* serve */
KK_T(NEED_STDIO, "spørsmålene kommer fra stdin; skriv klimakrav serve --stdio",
     "spørsmåla kjem frå stdin; skriv klimakrav serve --stdio",
     "requests come from stdin; write klimakrav serve --stdio")

/* watch */
KK_T(WATCH_USE, "oppgi en mappe som finnes, og en annen mappe for rapportene; klimakrav watch MAPPE --output-dir UT",
     "oppgje ei mappe som finst, og ei anna mappe for rapportane; klimakrav watch MAPPE --output-dir UT",
     "give a folder that exists, and another one for the reports; klimakrav watch DIR --output-dir OUT")
KK_T(NO_WATCH, "mappen kan ikke overvåkes; øk systemets grense for overvåkede mapper, eller overvåk færre",
     "mappa kan ikkje overvakast; auk grensa i systemet for overvakte mapper, eller overvak færre",
     "the folder cannot be watched; raise fs.inotify.max_user_watches, or watch fewer folders")
KK_T(NO_FOLDER, "mappen til filen kan ikke lages; be om tilgang, eller velg en annen --output-dir",
     "mappa til fila kan ikkje lagast; be om tilgang, eller vel ei anna --output-dir",
     "the folder of the file cannot be made; ask for access, or choose another --output-dir")

/* limits */
KK_T(CMD_LIMITS, "grensene for hvor store filer som leses", "grensene for kor store filer som blir lesne",
     "the limits to how large a file may be")
KK_T(LIMIT_FILE_BYTES, "byte i filen", "byte i fila", "bytes in the file")
KK_T(LIMIT_PART_BYTES, "byte i én del av filen, utpakket", "byte i éin del av fila, pakka ut",
     "bytes in one part of the file, inflated")
KK_T(LIMIT_TOTAL_BYTES, "byte i alle deler til sammen, utpakket", "byte i alle delar til saman, pakka ut",
     "bytes in all parts together, inflated")
KK_T(LIMIT_ENTRIES, "deler i filen", "delar i fila", "parts in the file")
KK_T(LIMIT_DEPTH, "nivåer av XML-elementer i hverandre", "nivå av XML-element i kvarandre",
     "levels of XML elements in each other")
KK_T(LIMIT_ATTRIBUTE_BYTES, "byte i ett XML-attributt", "byte i eitt XML-attributt", "bytes in one XML attribute")
KK_T(LIMIT_PARAGRAPHS, "avsnitt", "avsnitt", "paragraphs")
KK_T(LIMIT_HITS, "treff som tas vare på per dokument", "treff som blir tekne vare på per dokument",
     "hits kept per document")
KK_T(LIMIT_MATCH_STEPS, "steg for ett regulært uttrykk i ett avsnitt", "steg for eitt regulært uttrykk i eitt avsnitt",
     "steps of one regular expression in one paragraph")
