/* A host that knows the library only at run time: dlopen, a look at what it is, both doors,
 * progress and cancelling, dlclose; and all of it once more. Prints how many findings the file has.
 *   dlopen_host LIBRARY BANK FILE */
#include <klimakrav/klimakrav.h>

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

static struct {
    const kk_plugin_info *(*describe)(void);
    kk_status (*bank_load)(kk_bank **, const kk_bank_options *, kk_error *);
    kk_status (*auditor_new)(kk_auditor **, const kk_bank *, const kk_limits *, kk_error *);
    kk_status (*open_file)(kk_doc **, const char *, const kk_limits *, kk_error *);
    kk_status (*from_paragraphs)(kk_doc **, const kk_doc_paragraph *, size_t, size_t, const char *,
                                 kk_error *);
    kk_status (*run)(kk_audit **, kk_auditor *, kk_doc *const *, size_t, const kk_audit_options *,
                     kk_error *);
    size_t (*count)(const kk_audit *);
    void (*audit_free)(kk_audit *);
    void (*doc_free)(kk_doc *);
    void (*auditor_free)(kk_auditor *);
    void (*bank_free)(kk_bank *);
} host;

static int fail(const char *what, const char *why)
{
    fprintf(stderr, "%s: %s\n", what, why);
    return 2;
}

static int take_all(void *library)
{
    static const struct {
        const char *name;
        void *slot;
    } wanted[] = {{"kk_plugin_describe", &host.describe},
                  {"kk_bank_load", &host.bank_load},
                  {"kk_auditor_new", &host.auditor_new},
                  {"kk_doc_open_file", &host.open_file},
                  {"kk_doc_from_paragraphs", &host.from_paragraphs},
                  {"kk_audit_run", &host.run},
                  {"kk_audit_count", &host.count},
                  {"kk_audit_free", &host.audit_free},
                  {"kk_doc_free", &host.doc_free},
                  {"kk_auditor_free", &host.auditor_free},
                  {"kk_bank_free", &host.bank_free}};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        void *found = dlsym(library, wanted[i].name);
        if (found == NULL) {
            return fail(wanted[i].name, "not in the library");
        }
        memcpy(wanted[i].slot, &found, sizeof found); /* POSIX: a function's address fits */
    }
    const kk_plugin_info *info = host.describe();
    if (info->size < sizeof *info || info->abi != KK_ABI || strcmp(info->name, "klimakrav") != 0) {
        return fail(info->name, "another ABI than this host was built for");
    }
    return 0;
}

typedef struct watch {
    size_t told, total, asked, stop_at;
} watch;

static void told(void *context, size_t done, size_t total)
{
    watch *w = context;
    w->told = done;
    w->total = total;
}

static bool stop(void *context)
{
    watch *w = context;
    w->asked++;
    return w->stop_at > 0 && w->asked >= w->stop_at;
}

static int judge(kk_auditor *auditor, kk_doc *const docs[2], size_t *count)
{
    kk_error err = {.status = KK_OK};
    kk_audit *audit = NULL;
    watch seen = {0, 0, 0, 0};
    kk_audit_options how = KK_INIT(kk_audit_options);
    how.date = "2026-11-23";
    how.progress = told;
    how.cancelled = stop;
    how.context = &seen;
    if (host.run(&audit, auditor, docs, 1, &how, &err) != KK_OK) {
        return fail("audit", err.message);
    }
    *count = host.count(audit);
    host.audit_free(audit);
    seen.asked = 0;
    if (host.run(&audit, auditor, docs, 2, &how, &err) != KK_OK || seen.told != 2 ||
        seen.total != 2) {
        return fail("progress", "not told of both documents");
    }
    host.audit_free(audit);
    for (size_t last = seen.asked; seen.stop_at < last;) {
        seen.stop_at++;
        seen.asked = 0;
        if (host.run(&audit, auditor, docs, 2, &how, NULL) != KK_E_CANCELLED || audit != NULL) {
            return fail("cancelled", "went on");
        }
    }
    return seen.stop_at >= 4 ? 0 : fail("cancelled", "hardly ever asked");
}

static int visit(void *library, char **argv, size_t *count)
{
    static const char words[] = "Laveste pris er eneste tildelingskriterium.";
    kk_error err = {.status = KK_OK};
    kk_bank *bank = NULL;
    kk_auditor *auditor = NULL;
    kk_doc *docs[2] = {NULL, NULL};
    kk_bank_options where = KK_INIT(kk_bank_options);
    kk_doc_paragraph paragraph = KK_INIT(kk_doc_paragraph);
    int code = take_all(library);
    if (code != 0) {
        return code;
    }
    where.folder = argv[2];
    paragraph.text = (kk_str){words, sizeof words - 1};
    if (host.bank_load(&bank, &where, &err) != KK_OK ||
        host.auditor_new(&auditor, bank, NULL, &err) != KK_OK ||
        host.open_file(&docs[0], argv[3], NULL, &err) != KK_OK ||
        host.from_paragraphs(&docs[1], &paragraph, 1, sizeof paragraph, "", &err) != KK_OK) {
        code = fail(argv[3], err.message);
    } else {
        code = judge(auditor, docs, count);
    }
    host.doc_free(docs[0]);
    host.doc_free(docs[1]);
    host.auditor_free(auditor);
    host.bank_free(bank);
    return code;
}

int main(int argc, char **argv)
{
    size_t counts[2] = {0, 1};
    for (int round = 0; round < 2 && argc == 4; round++) {
        void *library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
        if (library == NULL) {
            return fail(argv[1], dlerror());
        }
        const int code = visit(library, argv, &counts[round]);
        if (code != 0 || dlclose(library) != 0) {
            return code != 0 ? code : fail(argv[1], dlerror());
        }
    }
    if (counts[0] != counts[1]) {
        return fail("second load", "other findings");
    }
    printf("%zu\n", counts[0]);
    return 0;
}
