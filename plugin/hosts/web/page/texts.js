// The words of the page: KK_W("key", "bokmål", "nynorsk", "English"). {0}, {1} are filled in. What is said
// about documents comes from the library; see tests/spelling for who reads these.

const words = new Map();

export function KK_W(key, nb, nn, en) {
  words.set(key, { nb, nn, en });
}

KK_W("title", "klimakrav – kontroll av anskaffelsesmaler", "klimakrav – kontroll av innkjøpsmalar", "klimakrav – checking procurement templates");
KK_W("skip", "Hopp til innholdet", "Hopp til innhaldet", "Skip to content");
KK_W("navLabel", "Meny", "Meny", "Menu");
KK_W("navCheck", "Kontroll", "Kontroll", "Check");
KK_W("navBank", "Klausulbank", "Klausulbank", "Clauses");
KK_W("language", "Språk", "Språk", "Language");
KK_W("heading", "Har malen de klimakravene den skal ha?", "Har malen dei klimakrava han skal ha?", "Does the template have the climate requirements it should?");
KK_W("lead", "Slipp Word-filene dine her. Du får vite hva som mangler, hvorfor og hvor – og kan sette inn klausulene som sporede endringer.", "Slepp Word-filene dine her. Du får vite kva som manglar, kvifor og kvar – og kan setje inn klausulane som spora endringar.", "Drop your Word files here. You learn what is missing, why and where, and can insert the clauses as tracked changes.");
KK_W("private", "Alt skjer på din egen maskin. Dokumentene sendes ikke noe sted.", "Alt skjer på di eiga maskin. Dokumenta blir ikkje sende nokon stad.", "Everything happens on your own computer. The documents are not sent anywhere.");
KK_W("drop", "Slipp filer her, eller", "Slepp filer her, eller", "Drop files here, or");
KK_W("choose", "velg filer", "vel filer", "choose files");
KK_W("dropKinds", "DOCX, DOTX, DOCM eller DOTM – én eller mange", "DOCX, DOTX, DOCM eller DOTM – éi eller mange", "DOCX, DOTX, DOCM or DOTM – one or many");
KK_W("starting", "Laster regelverket …", "Lastar regelverket …", "Loading the rules …");
KK_W("ready", "Klar", "Klar", "Ready");
KK_W("cannotStart", "Siden kunne ikke starte: {0}. Last den inn på nytt, eller prøv en nyere nettleser.", "Sida kunne ikkje starte: {0}. Last henne inn på nytt, eller prøv ein nyare nettlesar.", "The page could not start: {0}. Reload it, or try a newer browser.");
KK_W("settingsNow", "Innstillinger: kunngjøring {0}, nivå {1}", "Innstillingar: kunngjering {0}, nivå {1}", "Settings: notice {0}, ambition {1}");
KK_W("date", "Kunngjøringsdato", "Kunngjeringsdato", "Date of the notice");
KK_W("dateHelp", "Regelverket som gjelder denne dagen", "Regelverket som gjeld denne dagen", "The law in force that day");
KK_W("level", "Nivå på klausulene", "Nivå på klausulane", "Ambition of the clauses");
KK_W("level_basis", "Basis", "Basis", "Basic");
KK_W("level_avansert", "Avansert", "Avansert", "Advanced");
KK_W("level_spydspiss", "Spydspiss", "Spydspiss", "Front runner");
KK_W("author", "Navn på sporede endringer", "Namn på spora endringar", "Author of tracked changes");
KK_W("clauseLang", "Målform på klausulene", "Målform på klausulane", "Language form of the clauses");
KK_W("clauseLangAuto", "Som dokumentet", "Som dokumentet", "As the document");
KK_W("tracked", "Sett inn som sporede endringer", "Set inn som spora endringar", "Insert as tracked changes");
KK_W("procurement", "Filene hører til samme anskaffelse", "Filene høyrer til same innkjøp", "The files belong to one procurement");
KK_W("files", "Filer", "Filer", "Files");
KK_W("file", "Fil", "Fil", "File");
KK_W("verdict", "Klimakravet i § 7-9", "Klimakravet i § 7-9", "The climate duty of § 7-9");
KK_W("errors", "Feil", "Feil", "Errors");
KK_W("warnings", "Advarsler", "Åtvaringar", "Warnings");
KK_W("infos", "Opplysninger", "Opplysingar", "Notes");
KK_W("remove", "Fjern", "Fjern", "Remove");
KK_W("removeFile", "Fjern {0}", "Fjern {0}", "Remove {0}");
KK_W("removeAll", "Fjern alle", "Fjern alle", "Remove all");
KK_W("satisfied_yes", "Oppfylt", "Oppfylt", "Met");
KK_W("satisfied_no", "Ikke oppfylt", "Ikkje oppfylt", "Not met");
KK_W("satisfied_unknown", "Gjelder ikke eller usikkert", "Gjeld ikkje eller usikkert", "Not applicable or uncertain");
KK_W("unreadable", "Kunne ikke leses", "Kunne ikkje lesast", "Could not be read");
KK_W("verdictYes", "Klimakravet i § 7-9 er oppfylt", "Klimakravet i § 7-9 er oppfylt", "The climate duty of § 7-9 is met");
KK_W("verdictNo", "Klimakravet i § 7-9 er ikke oppfylt", "Klimakravet i § 7-9 er ikkje oppfylt", "The climate duty of § 7-9 is not met");
KK_W("verdictUnknown", "Klimakravet i § 7-9 kan ikke vurderes her", "Klimakravet i § 7-9 kan ikkje vurderast her", "The climate duty of § 7-9 cannot be judged here");
KK_W("verdictSet", "Anskaffelsen samlet", "Innkjøpet samla", "The procurement as a whole");
KK_W("categories", "Anskaffelsen gjelder: {0}", "Innkjøpet gjeld: {0}", "The procurement is about: {0}");
KK_W("checking", "Kontrollerer {0} av {1}: {2}", "Kontrollerer {0} av {1}: {2}", "Checking {0} of {1}: {2}");
KK_W("checkedOne", "{0} er kontrollert: {1} funn", "{0} er kontrollert: {1} funn", "{0} is checked: {1} findings");
KK_W("checkedMany", "{0} filer er kontrollert", "{0} filer er kontrollerte", "{0} files are checked");
KK_W("findings", "Funn", "Funn", "Findings");
KK_W("findingsAfter", "Gjenstår etter endringene", "Står att etter endringane", "Remaining after the changes");
KK_W("noFindings", "Ingen funn. Malen har det den skal ha etter reglene i banken.", "Ingen funn. Malen har det han skal ha etter reglane i banken.", "No findings. The template has what the rules ask for.");
KK_W("level_error", "Feil", "Feil", "Error");
KK_W("level_warning", "Advarsel", "Åtvaring", "Warning");
KK_W("level_info", "Opplysning", "Opplysing", "Note");
KK_W("show", "Vis i dokumentet", "Vis i dokumentet", "Show in the document");
KK_W("why", "Hvorfor", "Kvifor", "Why");
KK_W("basis", "Hjemmel", "Heimel", "Legal basis");
KK_W("remedy", "Forslag", "Forslag", "Suggestion");
KK_W("more", "Les mer hos DFØ", "Les meir hos DFØ", "Read more at DFØ");
KK_W("moreAt", "Les mer hos {0}", "Les meir hos {0}", "Read more at {0}");
KK_W("document", "Dokumentet", "Dokumentet", "The document");
KK_W("original", "Slik det er", "Slik det er", "As it is");
KK_W("preview", "Med endringene", "Med endringane", "With the changes");
KK_W("view", "Visning", "Vising", "View");
KK_W("jump", "Gå til", "Gå til", "Go to");
KK_W("clausesToInsert", "Klausuler som kan settes inn", "Klausular som kan setjast inn", "Clauses that can be inserted");
KK_W("noClauses", "Det er ingen klausul å sette inn for disse funnene.", "Det er ingen klausul å setje inn for desse funna.", "There is no clause to insert for these findings.");
KK_W("addFromBank", "Legg til en klausul fra klausulbanken", "Legg til ein klausul frå klausulbanken", "Add a clause from the bank");
KK_W("insertThis", "Ta med {0}", "Ta med {0}", "Include {0}");
KK_W("place", "Sted", "Stad", "Place");
KK_W("forRules", "For funn", "For funn", "For finding");
KK_W("chosenByYou", "valgt av deg", "vald av deg", "chosen by you");
KK_W("fields", "Fyll ut", "Fyll ut", "Fill in");
KK_W("fieldHelp", "Tomme felt blir stående i klammer, så du kan fylle dem ut i Word.", "Tomme felt blir ståande i klammer, så du kan fylle dei ut i Word.", "Empty fields stay in brackets, to be filled in later in Word.");
KK_W("suggested", "Forslag: {0}", "Forslag: {0}", "Suggested: {0}");
KK_W("role_none", "Tekst", "Tekst", "Text");
KK_W("role_number", "Nr.", "Nr.", "No.");
KK_W("role_requirement", "Krav", "Krav", "Requirement");
KK_W("role_type", "Type", "Type", "Type");
KK_W("role_criterion", "Kriterium", "Kriterium", "Criterion");
KK_W("role_weight", "Vekt", "Vekt", "Weight");
KK_W("role_priority", "Prioritet", "Prioritet", "Priority");
KK_W("role_documentation", "Dokumentasjon", "Dokumentasjon", "Documentation");
KK_W("role_answer", "Svar", "Svar", "Answer");
KK_W("role_evaluation", "Evaluering", "Evaluering", "Evaluation");
KK_W("role_other", "Annet", "Anna", "Other");
KK_W("asRow", "Som tabellrad", "Som tabellrad", "As a table row");
KK_W("draft", "Klausulene er utkast og ikke gjennomgått av jurist. Les dem før du bruker dem.", "Klausulane er utkast og ikkje gjennomgått av jurist. Les dei før du bruker dei.", "The clauses are drafts not yet reviewed by a lawyer. Read them before use.");
KK_W("otherStates", "Står der allerede eller kan ikke settes inn", "Står der alt eller kan ikkje setjast inn", "There already, or cannot be inserted");
KK_W("candidates", "Mulige steder", "Moglege stader", "Possible places");
KK_W("state_current", "Står der", "Står der", "In place");
KK_W("state_outdated", "Eldre versjon", "Eldre versjon", "Older version");
KK_W("state_edited", "Endret for hånd", "Endra for hand", "Edited by hand");
KK_W("state_untagged", "Står der", "Står der", "In place");
KK_W("state_upgrade", "Ny versjon", "Ny versjon", "New version");
KK_W("state_rejected", "Avvist tidligere", "Avvist tidlegare", "Rejected earlier");
KK_W("state_withdrawn", "Tatt ut tidligere", "Teken ut tidlegare", "Taken out earlier");
KK_W("state_duplicate", "Står der to ganger", "Står der to gonger", "There twice");
KK_W("state_refused", "Ikke satt inn", "Ikkje sett inn", "Not inserted");
KK_W("download", "Last ned nytt dokument", "Last ned nytt dokument", "Download new document");
KK_W("downloadHelp", "{0} endringer i {1}. Originalen er urørt.", "{0} endringar i {1}. Originalen er urørt.", "{0} changes in {1}. The original is untouched.");
KK_W("downloadHelpOne", "Én endring i {1}. Originalen er urørt.", "Éi endring i {1}. Originalen er urørt.", "One change in {1}. The original is untouched.");
KK_W("nothingToDo", "Ingen klausul er valgt.", "Ingen klausul er vald.", "No clause is chosen.");
KK_W("downloaded", "{0} er lastet ned", "{0} er lasta ned", "{0} is downloaded");
KK_W("report", "Rapport (HTML)", "Rapport (HTML)", "Report (HTML)");
KK_W("gate", "Klar til kunngjøring? (HTML)", "Klar til kunngjering? (HTML)", "Ready to publish? (HTML)");
KK_W("reportName", "klimakrav-rapport", "klimakrav-rapport", "klimakrav-report");
KK_W("gateName", "klimakrav-kunngjøring", "klimakrav-kunngjering", "klimakrav-publish");
KK_W("remaining", "Etter endringene gjenstår {0} feil og {1} advarsler.", "Etter endringane står det att {0} feil og {1} åtvaringar.", "After the changes, {0} errors and {1} warnings remain.");
KK_W("toc", "Oppdater innholdsfortegnelsen i Word (F9) etterpå.", "Oppdater innhaldslista i Word (F9) etterpå.", "Update the table of contents in Word (F9) afterwards.");
KK_W("nextChange", "Neste endring", "Neste endring", "Next change");
KK_W("newText", "Ny tekst", "Ny tekst", "New text");
KK_W("otherStories", "Topptekst, bunntekst og noter", "Topptekst, botntekst og notar", "Headers, footers and notes");
KK_W("documentRegion", "Teksten i {0}", "Teksten i {0}", "The text of {0}");
KK_W("sections", "Deler av resultatet", "Delar av resultatet", "Parts of the result");
KK_W("bankHeading", "Klausulbank", "Klausulbank", "The bank of clauses");
KK_W("bankLead", "{0} klausuler på bokmål og nynorsk. Søk, les og kopier – eller sett inn i dokumentet du har åpent.", "{0} klausular på bokmål og nynorsk. Søk, les og kopier – eller set inn i dokumentet du har ope.", "{0} clauses in bokmål and nynorsk. Search, read and copy, or insert into the open document.");
KK_W("search", "Søk", "Søk", "Search");
KK_W("category", "Kategori", "Kategori", "Category");
KK_W("all", "Alle", "Alle", "All");
KK_W("type", "Type", "Type", "Type");
KK_W("type_kvalifikasjonskrav", "Kvalifikasjonskrav", "Kvalifikasjonskrav", "Qualification requirement");
KK_W("type_kravspesifikasjon", "Kravspesifikasjon", "Kravspesifikasjon", "Specification");
KK_W("type_tildelingskriterium", "Tildelingskriterium", "Tildelingskriterium", "Award criterion");
KK_W("type_kontraktsvilkar", "Kontraktsvilkår", "Kontraktsvilkår", "Contract term");
KK_W("type_begrunnelse", "Begrunnelse", "Grunngiving", "Statement of reasons");
KK_W("levelShort", "Nivå", "Nivå", "Level");
KK_W("showing", "Viser {0} av {1}", "Viser {0} av {1}", "Showing {0} of {1}");
KK_W("docs", "Dokumentasjon", "Dokumentasjon", "Documentation");
KK_W("motive", "Hensikt", "Føremål", "Purpose");
KK_W("source", "Kilde", "Kjelde", "Source");
KK_W("bokmal", "Bokmål", "Bokmål", "Bokmål");
KK_W("nynorsk", "Nynorsk", "Nynorsk", "Nynorsk");
KK_W("copy", "Kopier teksten", "Kopier teksten", "Copy the text");
KK_W("copied", "Kopiert", "Kopiert", "Copied");
KK_W("insertInto", "Sett inn i {0}", "Set inn i {0}", "Insert into {0}");
KK_W("addedTo", "{0} er lagt til for {1}", "{0} er lagd til for {1}", "{0} is added for {1}");
KK_W("failed", "Noe gikk galt: {0}", "Noko gjekk gale: {0}", "Something went wrong: {0}");
KK_W("about", "klimakrav {0} · regelbank {1} · virker også uten nett", "klimakrav {0} · regelbank {1} · verkar òg utan nett", "klimakrav {0} · bank {1} · also works offline");

const LANGS = ["nb", "nn", "en"];
let current = "nb";

export function setLang(lang) {
  current = LANGS.includes(lang) ? lang : "nb";
  document.documentElement.lang = current;
}

export function lang() {
  return current;
}

// The browser's language where it is one of ours, else bokmål.
export function preferredLang() {
  const wanted = navigator.languages ?? [navigator.language];
  const found = wanted.map((l) => l.toLowerCase().split("-")[0]).find((l) => [...LANGS, "no"].includes(l));
  return found === "no" || found === undefined ? "nb" : found;
}

export function say(key, ...values) {
  const entry = words.get(key);
  if (entry === undefined) {
    throw new Error(`no word for ${key}`);
  }
  return entry[current].replace(/\{(\d)\}/g, (_, n) => String(values[Number(n)] ?? ""));
}

// The word for a value that comes from the bank; the value itself where the page has no word for it.
export function sayValue(kind, value) {
  return words.has(`${kind}_${value}`) ? say(`${kind}_${value}`) : value;
}

// Fills everything marked data-say (text) or data-say-label (aria-label).
export function sayAll(root = document) {
  for (const e of root.querySelectorAll("[data-say]")) {
    e.textContent = say(e.dataset.say);
  }
  for (const e of root.querySelectorAll("[data-say-label]")) {
    e.setAttribute("aria-label", say(e.dataset.sayLabel));
  }
}
