/* KK_M(ID, bokmål, nynorsk, English). Included by messages.h and messages.c; no include guard.
 * {0} and {1} are filled in. Order matters where a comment says so. */

/* stories, in the order of kk_story_kind */
KK_M(STORY_BODY, "brødtekst", "brødtekst", "body text")
KK_M(STORY_HEADER, "topptekst", "topptekst", "header")
KK_M(STORY_FOOTER, "bunntekst", "botntekst", "footer")
KK_M(STORY_FOOTNOTE, "fotnote", "fotnote", "footnote")
KK_M(STORY_ENDNOTE, "sluttnote", "sluttnote", "endnote")
KK_M(STORY_COMMENT, "merknad", "merknad", "comment")
KK_M(STORY_TEXTBOX, "tekstboks", "tekstboks", "text box")

/* places */
KK_M(WHOLE_DOCUMENT, "hele dokumentet", "heile dokumentet", "the whole document")
KK_M(TABLE_ROW, "tabell rad {0}", "tabell rad {0}", "table row {0}")
KK_M(PARAGRAPH, "avsnitt {0}", "avsnitt {0}", "paragraph {0}")

/* severities, in the order of kk_finding_level; heading, one, many */
KK_M(LEVEL_INFO, "Opplysninger", "Opplysingar", "Notes")
KK_M(LEVEL_WARNING, "Advarsler", "Åtvaringar", "Warnings")
KK_M(LEVEL_ERROR, "Feil", "Feil", "Errors")
KK_M(N_INFO_ONE, "{0} opplysning", "{0} opplysing", "{0} note")
KK_M(N_WARNING_ONE, "{0} advarsel", "{0} åtvaring", "{0} warning")
KK_M(N_ERROR_ONE, "{0} feil", "{0} feil", "{0} error")
KK_M(N_INFO, "{0} opplysninger", "{0} opplysingar", "{0} notes")
KK_M(N_WARNING, "{0} advarsler", "{0} åtvaringar", "{0} warnings")
KK_M(N_ERROR, "{0} feil", "{0} feil", "{0} errors")

/* language of a document */
KK_M(LANG_NB, "bokmål", "bokmål", "Norwegian bokmål")
KK_M(LANG_NN, "nynorsk", "nynorsk", "Norwegian nynorsk")
KK_M(LANG_MIXED, "bokmål og nynorsk blandet", "bokmål og nynorsk blanda",
     "bokmål and nynorsk mixed")
KK_M(LANG_UNCERTAIN, "usikker målform", "usikker målform", "language form uncertain")
KK_M(LANG_OTHER, "annet språk enn norsk", "anna språk enn norsk", "not Norwegian")

/* verdict */
KK_M(VERDICT_YES, "Klimakravet i § 7-9 er oppfylt", "Klimakravet i § 7-9 er oppfylt",
     "The climate duty of § 7-9 is met")
KK_M(VERDICT_NO, "Klimakravet i § 7-9 er ikke oppfylt", "Klimakravet i § 7-9 er ikkje oppfylt",
     "The climate duty of § 7-9 is not met")
KK_M(VERDICT_UNKNOWN, "Klimakravet i § 7-9 kan ikke avgjøres", "Klimakravet i § 7-9 kan ikkje avgjerast",
     "The climate duty of § 7-9 cannot be judged")
KK_M(VERDICT_NONE, "Klimakravet i § 7-9 gjelder ikke her", "Klimakravet i § 7-9 gjeld ikkje her",
     "The climate duty of § 7-9 does not apply here")
KK_M(VERDICT_SHORT_YES, "oppfylt", "oppfylt", "met")
KK_M(VERDICT_SHORT_NO, "ikke oppfylt", "ikkje oppfylt", "not met")
KK_M(VERDICT_SHORT_UNKNOWN, "kan ikke avgjøres", "kan ikkje avgjerast", "cannot be judged")
KK_M(VERDICT_SHORT_NONE, "gjelder ikke", "gjeld ikkje", "does not apply")
KK_M(VERDICT_OF_SET, "Anskaffelsen samlet", "Innkjøpet samla", "The procurement as a whole")

/* routes, in the order of kk_route */
KK_M(ROUTE_WEIGHTED, "vektet tildelingskriterium", "vekta tildelingskriterium",
     "weighted award criterion")
KK_M(ROUTE_PRIORITISED, "prioritert rekkefølge", "prioritert rekkjefølgje", "order of priority")
KK_M(ROUTE_REPLACED, "krav i stedet for vekting", "krav i staden for vekting",
     "requirements instead of weighting")
KK_M(ROUTE_COMBINED, "vekting sammen med krav", "vekting saman med krav",
     "weighting together with requirements")
KK_M(ROUTE_EXEMPT, "unntak med begrunnelse", "unntak med grunngiving", "reasoned exemption")
KK_M(ROUTE_SILENT, "ingen tekst som teller", "ingen tekst som tel", "no text that counts")
KK_M(ROUTE_NOT_APPLICABLE, "gjelder ikke", "gjeld ikkje", "not applicable")

/* parts of a finding */
KK_M(PLACE, "Sted", "Stad", "Place")
KK_M(FOUND, "Funnet", "Funne", "Found")
KK_M(WHY, "Hvorfor", "Kvifor", "Why")
KK_M(BASIS, "Hjemmel", "Heimel", "Legal basis")
KK_M(DO, "Gjør", "Gjer", "Do")
KK_M(HELP, "Les mer", "Les meir", "Read more")
KK_M(DO_INSERT, "Sett inn klausul {0} «{1}»", "Set inn klausul {0} «{1}»",
     "Insert clause {0} \"{1}\"")
KK_M(NO_FINDINGS, "Ingen funn.", "Ingen funn.", "No findings.")
KK_M(CATEGORIES, "Kategorier", "Kategoriar", "Categories")
KK_M(CATEGORY_UNKNOWN, "ukjent kategori", "ukjend kategori", "category unknown")
KK_M(LANGUAGE, "Målform", "Målform", "Language form")
KK_M(FINDINGS, "Funn", "Funn", "Findings")
KK_M(DOCUMENT, "Dokument", "Dokument", "Document")
KK_M(DOCUMENTS, "Dokumenter", "Dokument", "Documents")
KK_M(SATISFY, "oppfyller § 7-9", "oppfyller § 7-9", "meet § 7-9")
KK_M(MANAGED, "Klausuler satt inn av klimakrav", "Klausular sette inn av klimakrav",
     "Clauses put in by klimakrav")
KK_M(STATE_OUTDATED, "nyere utgave finnes", "nyare utgåve finst", "a newer version exists")
KK_M(STATE_EDITED, "endret for hånd", "endra for hand", "edited by hand")
KK_M(STATE_UNTAGGED, "merkingen er borte", "merkinga er borte", "its marking is lost")
KK_M(STATE_PENDING, "ikke godtatt ennå", "ikkje godteken enno", "not accepted yet")
KK_M(NEXT_INSERT_ONE, "Sett inn klausulen som mangler", "Set inn klausulen som manglar",
     "Insert the missing clause")
KK_M(NEXT_INSERT, "Sett inn de {0} klausulene som mangler", "Set inn dei {0} klausulane som manglar",
     "Insert the {0} missing clauses")

/* whole report */
KK_M(TITLE, "Klimakrav i anskaffelsesdokumenter", "Klimakrav i innkjøpsdokument",
     "Climate requirements in procurement documents")
KK_M(SUMMARY, "Sammendrag", "Samandrag", "Summary")
KK_M(N_DOCUMENTS_ONE, "{0} dokument", "{0} dokument", "{0} document")
KK_M(N_DOCUMENTS, "{0} dokumenter", "{0} dokument", "{0} documents")
KK_M(N_FAILED_ONE, "{0} fil kunne ikke leses", "{0} fil kunne ikkje lesast",
     "{0} file could not be read")
KK_M(N_FAILED, "{0} filer kunne ikke leses", "{0} filer kunne ikkje lesast",
     "{0} files could not be read")
KK_M(NOT_READ, "Kunne ikke leses", "Kunne ikkje lesast", "Could not be read")
KK_M(DATE_BANK, "Vurdert etter reglene på {0}. Kriteriebank {1}.",
     "Vurdert etter reglane på {0}. Kriteriebank {1}.", "Judged by the rules of {0}. Bank {1}.")
KK_M(DRAFT, "Klausulene er utkast og ikke gjennomgått av jurist. Kontroller dem før bruk.",
     "Klausulane er utkast og ikkje gjennomgått av jurist. Kontroller dei før bruk.",
     "The clauses are drafts and have not been reviewed by a lawyer. Check them before use.")
KK_M(DRAFT_SHORT, "ikke gjennomgått av jurist", "ikkje gjennomgått av jurist",
     "not reviewed by a lawyer")
KK_M(REVIEWED, "gjennomgått av {0}, {1}", "gjennomgått av {0}, {1}", "reviewed by {0}, {1}")
KK_M(TOOL_ONLY, "Rapporten er et hjelpemiddel. Innkjøperen avgjør.",
     "Rapporten er eit hjelpemiddel. Innkjøparen avgjer.",
     "The report is an aid. The purchaser decides.")
KK_M(UNREAD, "Dokumentet viser til innhold som ikke ble lest (innfelt dokument).",
     "Dokumentet viser til innhald som ikkje vart lese (innfelt dokument).",
     "The document refers to content that was not read (an embedded document).")

/* the gate: klimakrav check */
KK_M(GATE_YES, "KLAR TIL KUNNGJØRING", "KLAR TIL KUNNGJERING", "READY TO PUBLISH")
KK_M(GATE_NO, "IKKE KLAR TIL KUNNGJØRING", "IKKJE KLAR TIL KUNNGJERING", "NOT READY TO PUBLISH")
KK_M(GATE_LOOK, "KAN KUNNGJØRES, MEN SE OVER ADVARSLENE", "KAN KUNNGJERAST, MEN SJÅ OVER ÅTVARINGANE",
     "MAY BE PUBLISHED, BUT LOOK AT THE WARNINGS")
KK_M(GATE_WHY_ERRORS, "fordi {0} må rettes", "fordi {0} må rettast", "because {0} must be mended")
KK_M(GATE_WHY_FAILED, "fordi {0}", "fordi {0}", "because {0}")
KK_M(GATE_WHY_VERDICT, "fordi klimakravet i § 7-9 ikke er oppfylt",
     "fordi klimakravet i § 7-9 ikkje er oppfylt", "because the climate duty of § 7-9 is not met")
KK_M(GATE_DOCUMENTS, "Dokumenter i anskaffelsen", "Dokument i innkjøpet",
     "Documents in the procurement")
KK_M(NEXT, "Neste steg", "Neste steg", "Next steps")
KK_M(NEXT_DETAILS, "Se alle funn med begrunnelse", "Sjå alle funn med grunngiving",
     "See all findings with reasons")
KK_M(NEXT_PUBLISH, "Ingenting gjenstår. Lykke til med konkurransen.",
     "Ingenting står att. Lykke til med konkurransen.", "Nothing remains. Good luck with the tender.")
KK_M(AND_MORE, "… og {0} til", "… og {0} til", "… and {0} more")

/* plan */
KK_M(PLAN_INSERT_ONE, "{0} klausul settes inn", "{0} klausul blir sett inn", "{0} clause to insert")
KK_M(PLAN_INSERT, "{0} klausuler settes inn", "{0} klausular blir sette inn",
     "{0} clauses to insert")
KK_M(PLAN_NOTHING, "Ingenting å sette inn.", "Ingenting å setje inn.", "Nothing to insert.")
KK_M(PLAN_LEFT, "Står urørt", "Står urørt", "Left alone")
KK_M(PLAN_REFUSED, "Kan ikke plasseres", "Kan ikkje plasserast", "Cannot be placed")
KK_M(PLAN_CURRENT, "står der allerede", "står der frå før", "is there already")
KK_M(PLAN_OUTDATED, "står der i en eldre utgave ({0}); nyeste er {1}",
     "står der i ei eldre utgåve ({0}); nyaste er {1}",
     "is there in an older version ({0}); the newest is {1}")
KK_M(PLAN_EDITED, "er endret for hånd og står urørt; --take-ours legger bankens tekst i stedet",
     "er endra for hand og står urørt; --take-ours legg teksten i banken i staden",
     "was edited by hand and is left alone; --take-ours puts the bank's text in its place")
KK_M(PLAN_UPGRADE, "{0} klausul oppgraderes", "{0} klausul blir oppgradert", "{0} clause to upgrade")
KK_M(PLAN_UPGRADES, "{0} klausuler oppgraderes", "{0} klausular blir oppgraderte",
     "{0} clauses to upgrade")
KK_M(PLAN_UPGRADE_FROM, "utgave {0} blir til utgave {1}, der den står",
     "utgåve {0} blir til utgåve {1}, der ho står", "version {0} becomes version {1}, where it stands")
KK_M(PLAN_TAKE_OURS, "endret for hånd; bankens tekst (utgave {1}) legges i stedet",
     "endra for hand; teksten i banken (utgåve {1}) blir lagd i staden",
     "edited by hand; the bank's text (version {1}) is put in its place")
KK_M(PLAN_NEWER, "står der i en nyere utgave ({0}) enn banken har for denne datoen ({1})",
     "står der i ei nyare utgåve ({0}) enn banken har for denne datoen ({1})",
     "is there in a newer version ({0}) than the bank has for this date ({1})")
KK_M(PLAN_NOT_IN_BANK, "finnes ikke i banken for denne datoen; vurder klimakrav withdraw --clause {0}",
     "finst ikkje i banken for denne datoen; vurder klimakrav withdraw --clause {0}",
     "is not in the bank for this date; consider klimakrav withdraw --clause {0}")
KK_M(PLAN_REJECTED, "ble avvist tidligere og settes ikke inn igjen uten --clause {0}",
     "blei avvist tidlegare og blir ikkje sett inn att utan --clause {0}",
     "was rejected before and is not put in again without --clause {0}")
KK_M(PLAN_UPGRADE_REJECTED,
     "oppgraderingen til utgave {0} ble avvist, og utgave {1} står; --take-ours overprøver",
     "oppgraderinga til utgåve {0} blei avvist, og utgåve {1} står; --take-ours overprøver",
     "the upgrade to version {0} was rejected and version {1} stands; --take-ours overrules")
KK_M(PLAN_WITHDRAWN, "ble tatt ut tidligere og settes ikke inn igjen uten --clause {0}",
     "blei teken ut tidlegare og blir ikkje sett inn att utan --clause {0}",
     "was taken out before and is not put in again without --clause {0}")
KK_M(PLAN_DELETED, "er slettet her; settes ikke inn igjen uten --clause {0}",
     "er sletta her; blir ikkje sett inn att utan --clause {0}",
     "is deleted here; it is not put in again without --clause {0}")
KK_M(PLAN_DUPLICATE, "står der flere ganger; slett den ene for hånd",
     "står der fleire gonger; slett den eine for hand",
     "is there more than once; delete one of them by hand")
KK_M(PLAN_UNTAGGED, "står der ordrett, men merkingen er borte", "står der ordrett, men merkinga er borte",
     "is there word for word, but its marking is gone")
KK_M(PLAN_UNDER, "under «{0}»", "under «{0}»", "under \"{0}\"")
KK_M(PLAN_ROW, "som rad i tabellen under «{0}»", "som rad i tabellen under «{0}»",
     "as a row in the table under \"{0}\"")
KK_M(PLAN_NEW_BEFORE, "i nytt kapittel «{0}» før «{1}»", "i nytt kapittel «{0}» før «{1}»",
     "in a new chapter \"{0}\" before \"{1}\"")
KK_M(PLAN_NEW_END, "i nytt kapittel «{0}» til slutt", "i nytt kapittel «{0}» til slutt",
     "in a new chapter \"{0}\" at the end")
KK_M(PLAN_ASKED, "Grunn", "Grunn", "Reason")
KK_M(PLAN_FORCED, "valgt med --clause", "vald med --clause", "chosen with --clause")
KK_M(PLAN_FILL, "Fyll ut", "Fyll ut", "Fill in")
KK_M(PLAN_AMBIGUOUS,
     "flere steder passer like godt; velg ved å gi stedet et tydeligere navn, eller sett inn for hånd",
     "fleire stader passar like godt; vel ved å gi staden eit tydelegare namn, eller set inn for hand",
     "several places fit equally well; give one a clearer heading, or insert by hand")
KK_M(PLAN_UNSURE_LANG, "Målformen i dokumentet er usikker; klausulene kommer på bokmål.",
     "Målforma i dokumentet er usikker; klausulane kjem på bokmål.",
     "The document's language form is uncertain; the clauses come in bokmål.")
KK_M(PLAN_REBALANCE, "Vektene i tabellen må fordeles på nytt.", "Vektene i tabellen må fordelast på nytt.",
     "The weights in the table must be shared out anew.")
KK_M(PLAN_RENUMBER, "Kapittelnumrene er skrevet for hånd. Det nye får bokstav (som 17A), så de andre kan stå.",
     "Kapittelnummera er skrivne for hand. Det nye får bokstav (som 17A), så dei andre kan stå.",
     "The chapter numbers are typed by hand. The new one gets a letter (as 17A); the others can stay.")
KK_M(CHAPTER, "Klima og miljø", "Klima og miljø", "Climate and environment")

KK_M(FIELD_NUMBER, "{0}: feltet tar bare et tall; enheten ({1}) står i klausulen fra før",
     "{0}: feltet tek berre eit tal; eininga ({1}) står i klausulen frå før",
     "{0}: the field takes a number only; its unit ({1}) stands in the clause already")
KK_M(FIELD_PERCENT, "{0}: en andel kan ikke være over 100 prosent; skriv et mindre tall",
     "{0}: ein del kan ikkje vere over 100 prosent; skriv eit mindre tal",
     "{0}: a share cannot be over 100 per cent; write a smaller number")
KK_M(FIELD_EMPTY, "{0}: verdien er tom; skriv en verdi, eller la feltet være",
     "{0}: verdien er tom; skriv ein verdi, eller lat feltet vere",
     "{0}: the value is empty; write one, or leave the field out")
KK_M(FIELD_UNKNOWN, "ingen klausul har et felt som heter «{0}»; se klimakrav rules show KLAUSUL",
     "ingen klausul har eit felt som heiter «{0}»; sjå klimakrav rules show KLAUSUL",
     "no clause has a field named \"{0}\"; see klimakrav rules show CLAUSE")
KK_M(CLAUSE_UNKNOWN, "det finnes ingen klausul {0}; se klimakrav rules list",
     "det finst ingen klausul {0}; sjå klimakrav rules list",
     "there is no clause {0}; see klimakrav rules list")
KK_M(CLAUSE_NOT_NOW, "ingen utgave av klausul {0} kan brukes {1}; velg en annen --date, eller sløyf --only-reviewed",
     "inga utgåve av klausul {0} kan brukast {1}; vel ein annan --date, eller sløyf --only-reviewed",
     "no version of clause {0} may be used on {1}; choose another --date, or leave out --only-reviewed")

/* receipts */
KK_M(PROOF_OK, "Bekreftet: ingenting utenom kvitteringens {0} endringer er rørt.",
     "Stadfesta: ingenting utanom dei {0} endringane i kvitteringa er rørt.",
     "Proven: nothing but the receipt's {0} changes moved.")
KK_M(PROOF_INPUT, "originalen er en annen fil enn kvitteringen gjelder (sha256 {0}…, her {1}…)",
     "originalen er ei anna fil enn kvitteringa gjeld (sha256 {0}…, her {1}…)",
     "the original is not the receipt's file (sha256 {0}..., here {1}...)")
KK_M(PROOF_OUTPUT, "resultatet er en annen fil enn kvitteringen gjelder (sha256 {0}…, her {1}…)",
     "resultatet er ei anna fil enn kvitteringa gjeld (sha256 {0}…, her {1}…)",
     "the result is not the receipt's file (sha256 {0}..., here {1}...)")
KK_M(PROOF_BANK, "kvitteringen er laget med bank {0}; her er bank {1}",
     "kvitteringa er laga med bank {0}; her er bank {1}",
     "the receipt was made with bank {0}; here is bank {1}")
KK_M(STRAY_BYTES, "{0}: en byte utenom endringene er en annen (ved {1} i resultatet)",
     "{0}: ein byte utanom endringane er ein annan (ved {1} i resultatet)",
     "{0}: a byte outside the changes differs (at {1} of the result)")
KK_M(STRAY_ENTRY, "{0}: delen er endret uten at kvitteringen sier det",
     "{0}: delen er endra utan at kvitteringa seier det",
     "{0}: the part changed though the receipt does not say so")
KK_M(STRAY_MISSING, "{0}: delen er borte uten at kvitteringen sier det",
     "{0}: delen er borte utan at kvitteringa seier det",
     "{0}: the part is gone though the receipt does not say so")
KK_M(STRAY_ADDED, "{0}: delen er ny uten at kvitteringen sier det",
     "{0}: delen er ny utan at kvitteringa seier det",
     "{0}: the part is new though the receipt does not say so")
KK_M(STRAY_ORDER, "{0}: delen står et annet sted i filen enn før",
     "{0}: delen står ein annan stad i fila enn før",
     "{0}: the part stands elsewhere in the file than before")
KK_M(STRAY_RANGE, "{0}: kvitteringen nevner et område som ikke kan finnes (ved {1})",
     "{0}: kvitteringa nemner eit område som ikkje kan finnast (ved {1})",
     "{0}: the receipt names a range that cannot be (at {1})")

/* catalogue */
KK_M(CAT_TITLE, "Kriteriebank for klima- og miljøkrav", "Kriteriebank for klima- og miljøkrav",
     "Bank of climate and environment requirements")
KK_M(CAT_CLAUSES, "Klausuler", "Klausular", "Clauses")
KK_M(CAT_RULES, "Kontroller", "Kontrollar", "Checks")
KK_M(CAT_USES, "Eksempelbank", "Eksempelbank", "Example bank")
KK_M(CAT_VALID_ON, "Klausuler som gjelder {0}. Kriteriebank {1}.",
     "Klausular som gjeld {0}. Kriteriebank {1}.", "Clauses valid on {0}. Bank {1}.")
KK_M(CAT_SEARCH, "Søk i teksten", "Søk i teksten", "Search the text")
KK_M(CAT_FILTER, "Finn klausuler", "Finn klausular", "Find clauses")
KK_M(CAT_CATEGORY, "Kategori", "Kategori", "Category")
KK_M(CAT_TYPE, "Type", "Type", "Type")
KK_M(CAT_LEVEL, "Nivå", "Nivå", "Level")
KK_M(CAT_COPY, "Kopier teksten", "Kopier teksten", "Copy the text")
KK_M(CAT_COPIED, "Kopiert", "Kopiert", "Copied")
KK_M(CAT_RESET, "Nullstill", "Nullstill", "Reset")
KK_M(CAT_SHOWN, "Viser {0} av {1} klausuler", "Viser {0} av {1} klausular", "Showing {0} of {1} clauses")
KK_M(CAT_VERIFIKAT, "Verifikat", "Verifikat", "Documentation")
KK_M(CAT_MOTIVE, "Begrunnelse", "Grunngiving", "Motive")
KK_M(CAT_SOURCE, "Kilde", "Kjelde", "Source")
KK_M(CAT_PLACE, "Plassering", "Plassering", "Where it goes")
KK_M(CAT_FOLLOW, "Følges opp med", "Blir følgt opp med", "Followed up by")
KK_M(CAT_VALID, "Gjelder", "Gjeld", "Valid")
KK_M(CAT_FROM, "fra {0}", "frå {0}", "from {0}")
KK_M(CAT_FROM_TO, "fra {0} til {1}", "frå {0} til {1}", "from {0} to {1}")
KK_M(CAT_VERSION, "Versjon", "Versjon", "Version")
KK_M(CAT_STATUS, "Status", "Status", "Status")
KK_M(CAT_RETIRED, "trukket tilbake", "trekt tilbake", "retired")
KK_M(CAT_SATISFIED, "Oppfyller også", "Oppfyller òg", "Also satisfies")
KK_M(CAT_NEAR, "Nesten, men ikke nok", "Nesten, men ikkje nok", "Close, but not enough")
KK_M(CAT_USED, "Brukt av", "Brukt av", "Used by")
KK_M(CAT_ALL_CATEGORIES, "alle kategorier", "alle kategoriar", "all categories")
KK_M(CAT_ALL_TYPES, "alle typer", "alle typar", "all types")
KK_M(CAT_ALL_LEVELS, "alle nivåer", "alle nivå", "all levels")
KK_M(CAT_ALL_KINDS, "alle anskaffelser", "alle innkjøp", "all procurements")
KK_M(CAT_MESSAGE, "Melding", "Melding", "Message")
KK_M(CAT_REMEDY, "Klausul som retter", "Klausul som rettar", "Clause that mends")
KK_M(CAT_EXAMPLES, "Eksempler", "Døme", "Examples")
KK_M(CAT_FIRES, "slår til", "slår til", "fires")
KK_M(CAT_SILENT, "slår ikke til", "slår ikkje til", "stays silent")
KK_M(CAT_CPV, "CPV", "CPV", "CPV")
KK_M(CAT_EMPTY, "Ingen klausuler passer. Nullstill filtrene.", "Ingen klausular passar. Nullstill filtra.",
     "No clauses match. Reset the filters.")
KK_M(TYPE_QUALIFICATION, "kvalifikasjonskrav", "kvalifikasjonskrav", "qualification requirement")
KK_M(TYPE_SPECIFICATION, "kravspesifikasjon", "kravspesifikasjon", "specification")
KK_M(TYPE_AWARD, "tildelingskriterium", "tildelingskriterium", "award criterion")
KK_M(TYPE_CONTRACT, "kontraktsvilkår", "kontraktsvilkår", "contract term")
KK_M(TYPE_REASON, "begrunnelse", "grunngiving", "statement of reasons")

/* lint, test, coverage */
KK_M(CHECKS_RUN, "{0} kontroller", "{0} kontrollar", "{0} checks")
KK_M(CHECKS_CLEAN, "{0} kontroller, ingen merknader.", "{0} kontrollar, ingen merknader.",
     "{0} checks, no complaints.")

/* findings held back */
KK_M(HELD, "Holdt utenfor", "Haldne utanfor", "Held back")
KK_M(HELD_BASELINE, "kjent fra før, står i grunnlinjen", "kjend frå før, står i grunnlinja",
     "known before, stands in the baseline")
KK_M(HELD_DECIDED, "besluttet av {0}, gjelder til {1}", "avgjort av {0}, gjeld til {1}",
     "decided by {0}, holds until {1}")

/* update: outcomes, in the order of kk_update_outcome, then the rest */
KK_M(UPDATE_CHANGED, "oppdatert", "oppdatert", "updated")
KK_M(UPDATE_SAME, "ingenting å gjøre", "ingenting å gjere", "nothing to do")
KK_M(UPDATE_EARLIER, "ferdig fra før", "ferdig frå før", "done before")
KK_M(UPDATE_REFUSED, "avvist og urørt, en klausul har ikke noe sikkert sted",
     "avvist og urørt, ein klausul har ikkje nokon sikker stad",
     "refused and untouched, a clause has no certain place")
KK_M(UPDATE_FAILED, "feilet og urørt", "feila og urørt", "failed and untouched")
KK_M(UPDATE_LEFT, "ikke nådd", "ikkje nådd", "not reached")
KK_M(UPDATE_RESTORED, "tilbakestilt", "sett tilbake", "restored")
KK_M(UPDATE_TOUCHED, "endret siden, står urørt", "endra sidan, står urørt",
     "changed since, left alone")
KK_M(UPDATE_PLANNED, "ville bli oppdatert", "ville bli oppdatert", "would be updated")
KK_M(UPDATE_NEVER, "aldri endret", "aldri endra", "never changed")
KK_M(UPDATE_UPGRADE, "fra utgave {0} til {1}", "frå utgåve {0} til {1}", "from version {0} to {1}")
KK_M(UPDATE_FOLLOWS, "en annen klausul som settes inn, gjør den nødvendig",
     "ein annan klausul som blir sett inn, gjer han nødvendig",
     "another clause that is inserted makes it necessary")
KK_M(UPDATE_PLACE, "Sted", "Stad", "Place")
KK_M(UPDATE_NOTE, "Merk", "Merk", "Note")
KK_M(UPDATE_DECLINED, "valgt bort", "vald bort", "declined")
KK_M(UPDATE_CANDIDATES, "Mulige steder", "Moglege stader", "Possible places")
KK_M(UPDATE_TOC, "Oppdater innholdsfortegnelsen i Word (F9).", "Oppdater innhaldslista i Word (F9).",
     "Update the table of contents in Word (F9).")
KK_M(UPDATE_FILES_ONE, "{0} fil", "{0} fil", "{0} file")
KK_M(UPDATE_FILES, "{0} filer", "{0} filer", "{0} files")
KK_M(UPDATE_INSERTED_ONE, "{0} klausul satt inn", "{0} klausul sett inn", "{0} clause inserted")
KK_M(UPDATE_INSERTED, "{0} klausuler satt inn", "{0} klausular sette inn", "{0} clauses inserted")
KK_M(UPDATE_REMAIN, "Gjenstår", "Står att", "Remaining")
KK_M(UPDATE_STOPPED, "Stoppet før alle filene var tatt; --resume fortsetter.",
     "Stoppa før alle filene var tekne; --resume held fram.",
     "Stopped before all files were done; --resume goes on.")
KK_M(UPDATE_JOURNAL, "Journal (--undo tar kjøringen tilbake)", "Journal (--undo tek køyringa tilbake)",
     "Journal (--undo takes the run back)")
#include "message_notice.h"
