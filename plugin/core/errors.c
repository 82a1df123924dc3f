/* Errors in words for people. The lower layers report in English with a reason code; the codes of
 * the contract have sentences of their own here, and the common causes of the system are
 * translated. */
#include "core.h"

#include "plaintext.h"

#include <string.h>

typedef struct sentence {
    const char *key; /* a reason code, or an English phrase of a lower layer */
    const char *nb, *nn, *en;
} sentence;

static const sentence reasons[] = {
    {"encrypted", "filen er kryptert; fjern passordet i Word og prøv igjen",
     "fila er kryptert; fjern passordet i Word og prøv igjen",
     "the file is encrypted; remove the password in Word and try again"},
    {"signed", "filen er signert og ville miste signaturen; bruk --drop-signature om det er greit",
     "fila er signert og ville miste signaturen; bruk --drop-signature om det er greitt",
     "the file is signed and would lose its signature; use --drop-signature if that is fine"},
    {"protected", "dokumentet er beskyttet mot redigering; opphev beskyttelsen i Word først",
     "dokumentet er verna mot redigering; opphev vernet i Word først",
     "the document is protected against editing; lift the protection in Word first"},
    {"dtd", "filen har en dokumenttypedeklarasjon og blir ikke lest; lagre den på nytt i Word",
     "fila har ein dokumenttypedeklarasjon og blir ikkje lesen; lagre ho på nytt i Word",
     "the file has a document type declaration and is not read; save it anew in Word"},
    {"zip-inconsistent", "zip-strukturen er ødelagt eller tvetydig; lagre filen på nytt i Word",
     "zip-strukturen er øydelagd eller tvitydig; lagre fila på nytt i Word",
     "the zip structure is damaged or ambiguous; save the file anew in Word"},
    {"limit", "filen er over en av grensene for størrelse; del den opp",
     "fila er over ei av grensene for storleik; del ho opp",
     "the file is over one of the size limits; split it"},
    {"encoding", "en del av filen har en tegnkoding som ikke kan brukes her; lagre den på nytt i Word",
     "ein del av fila har ei teiknkoding som ikkje kan brukast her; lagre ho på nytt i Word",
     "part of the file has an encoding that cannot be used here; save it anew in Word"},
    {"not-word", "ikke et Word-dokument (docx, dotx, docm, dotm); lagre det som .docx først",
     "ikkje eit Word-dokument (docx, dotx, docm, dotm); lagre det som .docx først",
     "not a Word document (docx, dotx, docm, dotm); save it as .docx first"},
    {"not-notice", "ikke en kunngjøring i eForms (UBL); last ned XML-filen fra Doffin eller KGV",
     "ikkje ei kunngjering i eForms (UBL); last ned XML-fila frå Doffin eller KGV",
     "not an eForms notice (UBL); download the XML file from Doffin or your tender system"},
    {"date", "datoen finnes ikke; skriv den som 2026-11-23",
     "datoen finst ikkje; skriv han som 2026-11-23", "there is no such date; write it as 2026-11-23"},
    {"timestamp", "tiden er skrevet feil; skriv den som 2026-11-23T12:00:00Z",
     "tida er skriven feil; skriv ho som 2026-11-23T12:00:00Z",
     "the time is written wrong; write it as 2026-11-23T12:00:00Z"},
    {"values",
     "verdifilen er ikke et JSON-objekt av tekst og tall; skriv {\"andel\": 30, \"dato\": \"1. mai\"}",
     "verdifila er ikkje eit JSON-objekt av tekst og tal; skriv {\"andel\": 30, \"dato\": \"1. mai\"}",
     "the file of values is no JSON object of texts and numbers; write {\"andel\": 30, \"dato\": \"1 May\"}"},
    {"unfilled", "felt i klausulene er ikke fylt ut; fyll dem ut i Word først",
     "felt i klausulane er ikkje fylte ut; fyll dei ut i Word først",
     "fields of the clauses are not filled in; fill them in in Word first"},
    {"receipt", "dette er ingen kvittering fra klimakrav; oppgi en annen fil",
     "dette er inga kvittering frå klimakrav; oppgje ei anna fil",
     "this is no receipt of klimakrav; give another file"},
    {"receipt-seal", "kvitteringen er endret etter at den ble skrevet; bruk den opprinnelige",
     "kvitteringa er endra etter at ho blei skriven; bruk den opphavlege",
     "the receipt was changed after it was written; use the original one"},
    {"place-ambiguous", "flere steder passer like godt; velg ett, eller sett inn for hånd",
     "fleire stader passar like godt; vel ein, eller set inn for hand",
     "several places fit equally well; choose one, or insert by hand"},
    {"place-locked", "stedet ligger i en låst innholdskontroll; lås den opp i Word først",
     "staden ligg i ein låst innhaldskontroll; lås han opp i Word først",
     "the place is in a locked content control; unlock it in Word first"},
    {"place-protected", "stedet er beskyttet mot redigering; opphev beskyttelsen i Word først",
     "staden er verna mot redigering; opphev vernet i Word først",
     "the place is protected against editing; lift the protection in Word first"},
    {"place-pending", "alle avsnittene der har endringer fra andre; godta eller avvis dem først",
     "alle avsnitta der har endringar frå andre; godta eller avvis dei først",
     "all paragraphs there have pending changes of others; accept or reject them first"},
    {"place-foreign", "teksten ligger i en innebygd fil; åpne og lagre dokumentet i Word først",
     "teksten ligg i ei innebygd fil; opne og lagre dokumentet i Word først",
     "the text lies in an embedded file; open and save the document in Word first"},
    {"place-databound", "stedet er koblet til data utenfor teksten; sett inn for hånd",
     "staden er kopla til data utanfor teksten; set inn for hand",
     "the place is bound to data outside the text; insert by hand"},
    {"journal-busy", "en annen kjøring bruker journalen; vent til den er ferdig, eller oppgi en annen --journal",
     "ei anna køyring bruker journalen; vent til ho er ferdig, eller oppgje ein annan --journal",
     "another run holds the journal; wait for it, or name another --journal"},
    {"journal-other",
     "journalen er fra en kjøring med andre valg eller en annen bank; bruk de samme, eller oppgi en annen --journal",
     "journalen er frå ei køyring med andre val eller ein annan bank; bruk dei same, eller oppgje ein annan "
     "--journal",
     "the journal is of a run with other options or another bank; use the same, or name another --journal"},
    {"journal-open", "en kjøring ble avbrutt her; fortsett med --resume, eller ta den tilbake med --undo",
     "ei køyring vart avbroten her; hald fram med --resume, eller ta ho tilbake med --undo",
     "a run was broken off here; go on with --resume, or take it back with --undo"},
    {"journal-undone", "kjøringen er tatt tilbake; start en ny uten --resume",
     "køyringa er teken tilbake; start ei ny utan --resume",
     "the run was taken back; start a new one without --resume"},
    {"journal-damaged", "dette er ingen journal fra klimakrav, eller den er ødelagt; oppgi en annen",
     "dette er ingen journal frå klimakrav, eller han er øydelagd; oppgje ein annan",
     "this is no journal of klimakrav, or it is damaged; name another one"},
    {"no-undo", "kjøringen tok ingen kopier og kan ikke tas tilbake; hent filene fra en egen sikkerhetskopi",
     "køyringa tok ingen kopiar og kan ikkje takast tilbake; hent filene frå ein eigen tryggingskopi",
     "the run kept no copies and cannot be taken back; restore the files from a backup of your own"},
    {"backup-changed", "kopien er ikke lenger originalen; hent filen fra en annen sikkerhetskopi",
     "kopien er ikkje lenger originalen; hent fila frå ein annan tryggingskopi",
     "the backup is not the original any more; restore the file from another backup"},
    {"changed", "filen er endret av andre imens; se på den, og kjør på nytt",
     "fila er endra av andre imens; sjå på ho, og køyr på nytt",
     "the file was changed by someone meanwhile; look at it, and run again"},
    {"target-exists", "det ligger en annen fil der allerede; velg en tom mappe",
     "det ligg ei anna fil der allereie; vel ei tom mappe",
     "another file is there already; choose an empty folder"},
    {"target-link", "en symbolsk lenke står der filen skulle skrives; fjern den, eller velg en annen mappe",
     "ei symbolsk lenkje står der fila skulle skrivast; fjern ho, eller vel ei anna mappe",
     "a symbolic link stands where the file would go; remove it, or choose another folder"},
    {"target-outside", "stien fører ut av mappen; oppgi filen uten ..",
     "stien fører ut av mappa; oppgje fila utan ..",
     "the path leads outside the folder; name the file without .."},
    {"target-twice",
     "en annen fil ville få samme navn der (store og små bokstaver regnes like); gi en av dem et nytt navn",
     "ei anna fil ville få same namn der (store og små bokstavar blir rekna like); gje ei av dei eit nytt namn",
     "another file would get the same name there (case does not count); rename one of them"},
    {"ledger-none", "denne utgaven av programmet fører ikke klimaregnskap; bruk klimakrav på Linux",
     "denne utgåva av programmet fører ikkje klimarekneskap; bruk klimakrav på Linux",
     "this build keeps no ledger; use klimakrav on Linux"},
    {"ledger-foreign", "filen er ikke et klimaregnskap fra klimakrav, eller den er skadet; oppgi en annen fil",
     "fila er ikkje ein klimarekneskap frå klimakrav, eller ho er skadd; oppgje ei anna fil",
     "this is no ledger of klimakrav, or it is damaged; give another file"},
    {"ledger-newer", "regnskapet er skrevet av en nyere utgave av klimakrav; oppdater programmet",
     "rekneskapen er skriven av ei nyare utgåve av klimakrav; oppdater programmet",
     "the ledger was written by a newer klimakrav; update the program"},
    {"ledger-busy", "en annen kjøring holder regnskapet; prøv igjen om litt",
     "ei anna køyring held rekneskapen; prøv igjen om litt",
     "another process holds the ledger; try again"},
};

/* What plugin/base says about the system's own causes, after "cannot <doing>: ". */
static const sentence causes[] = {
    {"no permission;", "ingen tilgang; be om tilgang, eller velg en annen mappe",
     "ingen tilgang; be om tilgang, eller vel ei anna mappe", NULL},
    {"the disk is read-only;", "disken kan bare leses; velg en annen mappe",
     "disken kan berre lesast; vel ei anna mappe", NULL},
    {"the disk is full;", "disken er full; frigjør plass, eller velg en annen mappe",
     "disken er full; frigjer plass, eller vel ei anna mappe", NULL},
    {"the disk quota is used up;",
     "diskkvoten er brukt opp; frigjør plass, eller velg en annen mappe",
     "diskkvoten er brukt opp; frigjer plass, eller vel ei anna mappe", NULL},
    {"no such file or folder;", "ingen slik fil eller mappe; kontroller navnet",
     "inga slik fil eller mappe; kontroller namnet", NULL},
    {"part of the path is a file,", "en del av stien er en fil, ikke en mappe; kontroller navnet",
     "ein del av stien er ei fil, ikkje ei mappe; kontroller namnet", NULL},
    {"it is a folder;", "det er en mappe; oppgi en fil", "det er ei mappe; oppgje ei fil", NULL},
    {"it exists already;", "den finnes allerede; velg et annet navn",
     "ho finst allereie; vel eit anna namn", NULL},
    {"the name is too long;", "navnet er for langt; velg et kortere",
     "namnet er for langt; vel eit kortare", NULL},
    {"not a regular file;", "ikke en vanlig fil; oppgi et dokument",
     "ikkje ei vanleg fil; oppgje eit dokument", NULL},
    {"out of memory;", "for lite minne; lukk andre programmer eller ta færre filer",
     "for lite minne; lukk andre program eller ta færre filer", NULL},
};

static const char *in_language(const sentence *s, kk_lang lang)
{
    return lang == KK_LANG_EN ? s->en : lang == KK_LANG_NN ? s->nn : s->nb;
}

static const sentence *by_reason(const char *reason)
{
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        if (strcmp(reasons[i].key, reason) == 0) {
            return &reasons[i];
        }
    }
    return NULL;
}

static const sentence *by_cause(const char *message)
{
    for (size_t i = 0; i < sizeof causes / sizeof *causes; i++) {
        if (strstr(message, causes[i].key) != NULL) {
            return &causes[i];
        }
    }
    return NULL;
}

/* Reading, writing and making folders deserve different words. */
static void put_doing(kk_buf *out, const char *message, kk_lang lang)
{
    const bool nn = lang == KK_LANG_NN;
    if (strncmp(message, "cannot ", 7) != 0) {
        return;
    }
    if (strncmp(message + 7, "open", 4) == 0 || strncmp(message + 7, "read", 4) == 0) {
        kk_buf_puts(out, nn ? "kan ikkje opnast: " : "kan ikke åpnes: ");
    } else {
        kk_buf_puts(out, nn ? "kan ikkje skrivast: " : "kan ikke skrives: ");
    }
}

/* What the lower layers say is English and technical; the reader is told first what kind of trouble it
 * is. Messages of wrong use come from above, in the right language. */
static void put_kind(kk_buf *out, const kk_error *err, kk_lang lang)
{
    static const struct {
        kk_status status;
        const char *nb, *nn;
    } kinds[] = {
        {KK_E_RULE, "regelfilen har en feil og må rettes: ",
         "regelfila har ein feil og må rettast: "},
        {KK_E_FORMAT, "filen er skadet eller feil bygd: ", "fila er skadd eller feil bygd: "},
        {KK_E_UNSUPPORTED, "det går ikke i dette dokumentet: ",
         "det går ikkje i dette dokumentet: "},
        {KK_E_LIMIT, "en grense er nådd: ", "ei grense er nådd: "},
        {KK_E_IO, "lesing eller skriving gikk galt: ", "lesing eller skriving gjekk gale: "},
    };
    for (size_t i = 0; lang != KK_LANG_EN && i < sizeof kinds / sizeof *kinds; i++) {
        if (kinds[i].status == err->status) {
            kk_buf_puts(out, lang == KK_LANG_NN ? kinds[i].nn : kinds[i].nb);
        }
    }
}

/* What was given, when the message below begins with it in quotes. */
static void put_given(kk_buf *out, const char *message)
{
    const char *end = message[0] == '"' ? strchr(message + 1, '"') : NULL;
    if (end != NULL) {
        kk_buf_add(out, message, (size_t)(end + 1 - message));
        kk_buf_puts(out, ": ");
    }
}

static void put_message(kk_buf *out, const kk_error *err, kk_lang lang)
{
    const sentence *s = by_reason(err->reason);
    const sentence *cause = by_cause(err->message);
    if (s != NULL) {
        put_given(out, err->message);
        kk_buf_puts(out, in_language(s, lang));
        if (err->status == KK_E_ARG && err->line > 0) {
            kk_buf_printf(out, lang == KK_LANG_EN ? " (line %u)" : " (linje %u)",
                          (unsigned)err->line);
        }
    } else if (cause != NULL && lang != KK_LANG_EN) {
        put_doing(out, err->message, lang);
        kk_buf_puts(out, in_language(cause, lang));
    } else if (err->message[0] != '\0') {
        put_kind(out, err, lang);
        kk_buf_puts(out, err->message);
    } else {
        kk_buf_puts(out, kk_status_name(err->status));
    }
}

/* Every line says what to do, also where a lower layer did not. */
static void put_advice(kk_buf *out, const kk_error *err, kk_lang lang)
{
    static const char *const save[] = {"; lagre filen på nytt i Word og prøv igjen",
                                       "; lagre fila på nytt i Word og prøv igjen",
                                       "; save the file anew in Word and try again"};
    static const char *const see[] = {"; se klimakrav --help", "; sjå klimakrav --help",
                                      "; see klimakrav --help"};
    const size_t form = lang == KK_LANG_EN ? 2 : lang == KK_LANG_NN ? 1 : 0;
    if (out->ptr == NULL || strstr(out->ptr, "; ") != NULL) {
        return;
    }
    kk_buf_puts(out, err->status == KK_E_FORMAT ? save[form] : see[form]);
}

/* The code at the end of the line: the reason of the contract, or the kind of failure. */
static const char *code_of(const kk_error *err)
{
    if (err->reason[0] != '\0') {
        return err->reason;
    }
    switch (err->status) {
    case KK_E_NOMEM:
        return "memory";
    case KK_E_IO:
        return "io";
    case KK_E_FORMAT:
        return "format";
    case KK_E_UNSUPPORTED:
        return "refused";
    case KK_E_LIMIT:
        return "limit";
    case KK_E_RULE:
        return "rule";
    case KK_E_STALE:
        return "stale";
    case KK_E_CANCELLED:
        return "cancelled";
    case KK_OK:
    case KK_E_ARG:
        break;
    }
    return "usage";
}

/* "word/document.xml", where that says more than the file's name does. */
static bool part_helps(const kk_error *err)
{
    return err->part[0] != '\0' && err->status != KK_E_IO && err->status != KK_E_RULE &&
           by_reason(err->reason) == NULL;
}

char *kk_error_describe(const kk_error *err, kk_lang lang, char *out, size_t cap)
{
    kk_buf line;
    kk_buf plain;
    if (cap == 0) {
        return out;
    }
    kk_buf_init(&line, 0);
    kk_buf_init(&plain, 0);
    if (err->status == KK_E_RULE && err->part[0] != '\0') {
        kk_buf_printf(&line, "%s:%u: ", err->part, (unsigned)err->line);
    }
    put_message(&line, err, lang);
    put_advice(&line, err, lang);
    if (part_helps(err)) {
        kk_buf_printf(&line, " (%s)", err->part);
    }
    kk_buf_printf(&line, " [%s]", code_of(err));
    kk_plain(&plain, kk_buf_view(&line));
    const bool whole = line.failed == KK_OK && plain.failed == KK_OK;
    const kk_str text = whole ? kk_buf_view(&plain) : KK_STR("out of memory");
    size_t n = text.len < cap ? text.len : cap - 1;
    while (n < text.len && n > 0 && ((unsigned char)text.ptr[n] & 0xC0) == 0x80) {
        n--; /* cut between characters */
    }
    memcpy(out, text.ptr, n);
    out[n] = '\0';
    kk_buf_dispose(&line);
    kk_buf_dispose(&plain);
    return out;
}
