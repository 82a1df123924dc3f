/* Runs rule files without the program around them. For rule authors and for measuring. One file of over
 * 600 lines on purpose: each action is a page, and nothing else uses them.
 *
 *   rules_try [--ours] BANK.xml ... CPV.tsv ...  ACTION ...
 *
 * A folder stands for the .xml and .tsv files in it. Files are checked against the schema unless
 * --ours. Actions (any number, in order):
 *   --check lint|test|coverage   complaints, one a line: level file:line id message
 *   --passages FILE|-            lines "id<TAB>text" -> "id yes|no kind recognisers"
 *   --strict                     passages: climate in the narrow sense only
 *   --classify FILE|-            lines "id<TAB>text" -> "id category,... score,..."
 *   --evidence                   classify: also show what spoke for each category
 *   --doc FILE|-                 a document as plain lines -> kind, language, requirements, facts,
 *                                verdict, hits. "# x" is a heading of level 1 (## level 2 ...),
 *                                "! x" the title, "| a | b |" a table row, "> x" guidance, "- x" a
 * list item, anything else a paragraph; blank lines separate tables
 *   --pattern ID FILE|-          where a pattern hits in plain lines
 *   --slow FILE|-                the regexes that cost most on a document, with calls and hits
 *   --clause ID nb|nn            BLOCKS of a clause
 *   --date YYYY-MM-DD            default 2026-11-23
 *   --lang nb|nn|en              messages, default nb
 *   --category ID                presets a category for --doc
 *   --no-prefilter               every regex in every paragraph (must change nothing)
 *   --time                       seconds for loading and each action, to stderr
 * Exit code 0; 1 with complaints of level error; 2 when something cannot be read. */
#include "check.h"
#include "classify.h"
#include "error.h"
#include "file.h"
#include "rules_internal.h"
#include "str.h"
#include "textmake.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SOURCES_MAX = 256, FILE_MAX = 64 * 1024 * 1024 };

typedef struct program {
    kk_rule_source sources[SOURCES_MAX];
    kk_buf files[SOURCES_MAX];
    char names[SOURCES_MAX][256];
    size_t n;
    bool ours, strict, evidence, timed;
    const char *date, *category;
    kk_lang lang;
    kk_rules *rules;
    kk_scanner *scanner;
    int exit_code;
    kk_error err;
} program;

static void fail(program *p, const char *what)
{
    fprintf(stderr, "rules_try: %s: %s%s%s:%u: %s\n", what, p->err.part,
            p->err.reason[0] ? " " : "", p->err.reason, p->err.line, p->err.message);
    p->exit_code = 2;
}

static bool add_source(void *context, const char *path)
{
    program *p = context;
    const kk_str name = kk_str_from(path);
    if (!kk_str_ends(name, KK_STR(".xml")) && !kk_str_ends(name, KK_STR(".tsv"))) {
        return true;
    }
    if (p->n == SOURCES_MAX || kk_file_read(path, FILE_MAX, &p->files[p->n], &p->err) != KK_OK) {
        fail(p, path);
        return false;
    }
    snprintf(p->names[p->n], sizeof p->names[p->n], "%s", path);
    p->sources[p->n] = (kk_rule_source){kk_str_from(p->names[p->n]),
                                        {p->files[p->n].ptr, p->files[p->n].len},
                                        !p->ours && !kk_str_ends(name, KK_STR(".tsv"))};
    p->n++;
    return true;
}

static kk_str read_input(program *p, const char *path, kk_buf *out)
{
    kk_buf_clear(out);
    if (strcmp(path, "-") != 0) {
        if (kk_file_read(path, FILE_MAX, out, &p->err) != KK_OK) {
            fail(p, path);
        }
        return (kk_str){out->ptr, out->len};
    }
    char chunk[65536];
    size_t n;
    while ((n = fread(chunk, 1, sizeof chunk, stdin)) > 0) {
        kk_buf_add(out, chunk, n);
    }
    return (kk_str){out->ptr, out->len};
}

static bool next_line(kk_str *rest, kk_str *line)
{
    return rest->len > 0 && kk_str_split(rest, '\n', line);
}

static void print(kk_str s)
{
    fwrite(s.ptr, 1, s.len, stdout);
}

/* ---- actions ------------------------------------------------------------------------------- */

static void check(program *p, const char *kind)
{
    static const char *const levels[] = {"info", "warning", "error"};
    const kk_check_kind k = strcmp(kind, "lint") == 0   ? KK_CHECK_LINT
                            : strcmp(kind, "test") == 0 ? KK_CHECK_TEST
                                                        : KK_CHECK_COVERAGE;
    const kk_complaint *list;
    uint32_t n;
    uint32_t n_run;
    kk_arena *arena = kk_arena_new();
    if (kk_rules_check(p->rules, k, kk_str_from(p->date), arena, &list, &n, &n_run, &p->err) !=
        KK_OK) {
        fail(p, kind);
        n = n_run = 0;
    }
    for (uint32_t i = 0; i < n; i++) {
        printf("%s %.*s:%u %.*s %.*s\n", levels[list[i].level], (int)list[i].file.len,
               list[i].file.ptr, list[i].line, (int)list[i].id.len, list[i].id.ptr,
               (int)list[i].message.len, list[i].message.ptr);
        p->exit_code = p->exit_code == 0 && list[i].level == KK_LEVEL_ERROR ? 1 : p->exit_code;
    }
    printf("%s: %u checks, %u complaints\n", kind, n_run, n);
    kk_arena_free(arena);
}

static void passages(program *p, const char *path)
{
    kk_buf input = {.ptr = NULL};
    kk_str rest = read_input(p, path, &input);
    kk_str line;
    while (next_line(&rest, &line)) {
        kk_str text = line;
        kk_str id;
        kk_requirement found;
        const kk_str *ids;
        uint32_t n;
        if (!kk_str_split(&text, '\t', &id)) {
            continue;
        }
        if (kk_rules_recognise(p->scanner, text, p->strict, &found, &ids, &n, &p->err) != KK_OK) {
            fail(p, "passage");
            break;
        }
        print(id);
        printf("\t%s\t", n > 0 ? "yes" : "no");
        print(n > 0 ? found.kind : KK_STR("-"));
        printf("\t%s", n > 0 ? "" : "-");
        for (uint32_t i = 0; i < n; i++) {
            printf("%s", i > 0 ? "," : "");
            print(ids[i]);
        }
        printf("\n");
    }
    kk_buf_dispose(&input);
}

static void print_categories(const program *p, const kk_category_hit *list, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        printf("%s%.*s", i > 0 ? "," : "", (int)list[i].id.len, list[i].id.ptr);
    }
    printf("%s\t%s", n > 0 ? "" : "-", n > 0 ? "" : "-");
    for (uint32_t i = 0; i < n; i++) {
        printf("%s%.2f", i > 0 ? "," : "", list[i].score);
    }
    for (uint32_t i = 0; p->evidence && i < n; i++) {
        printf("\t%.*s:", (int)list[i].id.len, list[i].id.ptr);
        for (uint32_t k = 0; k < list[i].n_evidence; k++) {
            printf(" [%.*s]", (int)list[i].evidence[k].term.len, list[i].evidence[k].term.ptr);
        }
    }
    printf("\n");
}

static void classify(program *p, const char *path)
{
    kk_buf input = {.ptr = NULL};
    kk_str rest = read_input(p, path, &input);
    kk_str line;
    while (next_line(&rest, &line)) {
        kk_str text = line;
        kk_str id;
        const kk_category_hit *list;
        uint32_t n;
        if (!kk_str_split(&text, '\t', &id)) {
            continue;
        }
        if (kk_rules_classify(p->scanner, text, &list, &n, &p->err) != KK_OK) {
            fail(p, "classify");
            break;
        }
        print(id);
        printf("\t");
        print_categories(p, list, n);
    }
    kk_buf_dispose(&input);
}

/* ---- documents ----------------------------------------------------------------------------- */

static void put_row(kk_textmake *make, kk_str line, bool *in_table)
{
    const kk_para para = {.managed = KK_NONE};
    if (!*in_table) {
        kk_textmake_table_begin(make);
        *in_table = true;
    }
    kk_textmake_row(make);
    kk_str rest = kk_str_slice(line, 1, line.len - (kk_str_ends(line, KK_STR("|")) ? 1 : 0));
    kk_str cell;
    while (kk_str_split(&rest, '|', &cell)) {
        kk_textmake_cell(make, 1, 0);
        kk_textmake_para(make, &para);
        kk_textmake_text(make, kk_str_trim(cell), -1);
        kk_textmake_cell_end(make);
    }
}

static void put_line(kk_textmake *make, kk_str line, bool *in_table)
{
    kk_para para = {.managed = KK_NONE};
    line = kk_str_trim(line);
    if (line.len > 1 && line.ptr[0] == '|') {
        put_row(make, line, in_table);
        return;
    }
    if (*in_table) {
        kk_textmake_table_end(make);
        *in_table = false;
    }
    size_t level = 0;
    while (level < line.len && line.ptr[level] == '#') {
        level++;
    }
    size_t skip = level;
    if (level > 0) {
        para.heading = (uint8_t)(level < 9 ? level : 9);
    } else if (kk_str_starts(line, KK_STR("! "))) {
        para.flags = KK_PARA_TITLE;
        skip = 2;
    } else if (kk_str_starts(line, KK_STR("> "))) {
        para.flags = KK_PARA_GUIDANCE;
        skip = 2;
    } else if (kk_str_starts(line, KK_STR("- "))) {
        para.flags = KK_PARA_LIST;
        para.list_level = 1;
        skip = 2;
    }
    if (line.len > 0) {
        kk_textmake_para(make, &para);
        kk_textmake_text(make, kk_str_trim(kk_str_slice(line, skip, line.len)), -1);
        kk_textmake_para_end(make);
    }
}

static kk_text *make_document(program *p, kk_str input, kk_arena *arena)
{
    kk_textmake make;
    kk_text *text = NULL;
    kk_str line;
    bool in_table = false;
    kk_textmake_init(&make, arena);
    while (next_line(&input, &line)) {
        put_line(&make, line, &in_table);
    }
    if (in_table) {
        kk_textmake_table_end(&make);
    }
    if (kk_textmake_finish(&make, &text, &p->err) != KK_OK) {
        fail(p, "document");
    }
    kk_textmake_dispose(&make);
    return text;
}

static void print_at(const kk_text *text, const kk_evidence *at)
{
    if (at->para == KK_NONE) {
        printf(" (document)");
        return;
    }
    const uint32_t len = at->end - at->begin;
    printf(" %u:%u-%u \"%.*s\"", at->para, at->begin - text->paras[at->para].begin,
           at->end - text->paras[at->para].begin, (int)(len < 120 ? len : 120),
           text->utf8 + at->begin);
}

static void print_facts(const kk_evaluation *e)
{
    for (uint32_t i = 0; i < e->n_facts; i++) {
        const kk_fact *f = &e->facts[i];
        if (f->known && f->text.len > 0) {
            printf("fact %.*s = %.*s\n", (int)f->name.len, f->name.ptr, (int)f->text.len,
                   f->text.ptr);
        } else if (f->known) {
            printf("fact %.*s = %g\n", (int)f->name.len, f->name.ptr, f->number);
        } else {
            printf("fact %.*s unknown\n", (int)f->name.len, f->name.ptr);
        }
    }
}

static void print_evaluation(const kk_text *text, const kk_evaluation *e)
{
    static const char *const levels[] = {"info", "warning", "error"};
    static const char *const langs[] = {"uncertain", "nb", "nn", "en", "other"};
    static const char *const routes[] = {"weighted", "prioritised", "replaced",      "combined",
                                         "exempt",   "silent",      "not-applicable"};
    const kk_document_result *d = &e->documents[0];
    printf("kind %.*s, language %s%s %.2f\n", (int)d->kind.len, d->kind.ptr, langs[d->lang],
           d->lang_mixed ? " mixed" : "", d->lang_share);
    for (uint32_t i = 0; i < d->n_requirements; i++) {
        const kk_requirement *r = &d->requirements[i];
        printf("requirement %.*s %.*s place=%.*s%s%s%s%s", (int)r->recogniser.len,
               r->recogniser.ptr, (int)r->kind.len, r->kind.ptr, (int)r->place.len, r->place.ptr,
               r->climate ? " climate" : "", r->binding ? " binding" : "",
               r->measurable ? " measurable" : "", r->documented ? " documented" : "");
        print_at(text, &r->at);
        printf("\n");
    }
    for (uint32_t i = 0; i < d->n_criteria; i++) {
        const kk_criterion *c = &d->criteria[i];
        printf("criterion \"%.*s\" weight=%g stated=%g rank=%d%s%s why=%.*s\n", (int)c->name.len,
               c->name.ptr, c->weight, c->stated, c->rank, c->nominal ? " nominal" : "",
               c->genuine ? " genuine" : "", (int)c->why.len, c->why.ptr);
    }
    print_facts(e);
    printf("verdict %s satisfied=%d weight=%g basis=%.*s why=%.*s\n", routes[e->verdict.route],
           e->verdict.satisfied, e->verdict.weight, (int)e->verdict.basis.len, e->verdict.basis.ptr,
           (int)e->verdict.why.len, e->verdict.why.ptr);
    for (uint32_t i = 0; i < e->n_hits; i++) {
        const kk_hit *h = &e->hits[i];
        printf("%s %.*s remedy=%.*s place=%.*s", levels[h->level], (int)h->rule.len, h->rule.ptr,
               (int)h->remedy.len, h->remedy.ptr, (int)h->place.len, h->place.ptr);
        print_at(text, &h->at);
        printf("\n    %.*s\n", (int)h->message.len, h->message.ptr);
    }
}

static void document(program *p, const char *path)
{
    kk_buf input = {.ptr = NULL};
    kk_arena *arena = kk_arena_new();
    kk_text *text = make_document(p, read_input(p, path, &input), arena);
    const kk_str only = kk_str_from(p->category);
    const kk_evaluate_options options = {.date = kk_str_from(p->date),
                                         .message_lang = p->lang,
                                         .as_procurement = true,
                                         .only_categories = &only,
                                         .n_only_categories = p->category != NULL ? 1 : 0};
    const kk_evaluation *e = NULL;
    const kk_text *one = text;
    if (text != NULL && kk_rules_evaluate(p->scanner, &one, 1, &options, &e, &p->err) != KK_OK) {
        fail(p, path);
    }
    if (e != NULL) {
        printf("categories ");
        print_categories(p, e->documents[0].categories, e->documents[0].n_categories);
        print_evaluation(text, e);
    }
    kk_buf_dispose(&input);
    kk_arena_free(arena);
}

static void pattern_hits(program *p, const char *id, const char *path)
{
    kk_buf input = {.ptr = NULL};
    kk_str rest = read_input(p, path, &input);
    kk_str line;
    const uint32_t pattern = kk_model_pattern(kk_rules_model(p->rules), kk_str_from(id));
    while (pattern != KK_NONE && next_line(&rest, &line)) {
        kk_scan *scan;
        kk_hits hits;
        if (kk_scan_loose(p->scanner, line, false, &scan, &p->err) != KK_OK ||
            kk_scan_hits(scan, pattern, &hits, &p->err) != KK_OK) {
            fail(p, id);
            break;
        }
        for (uint32_t i = 0; i < hits.n; i++) {
            printf("[");
            print(kk_scan_slice(scan, 0, hits.items[i].begin, hits.items[i].end));
            printf("]%s%s ", (hits.items[i].marks & KK_MARK_NEGATED) != 0 ? " negated" : "",
                   (hits.items[i].marks & KK_MARK_GUIDANCE) != 0 ? " guidance" : "");
        }
        printf("%s\t", hits.n > 0 ? "" : "-");
        print(line);
        printf("\n");
    }
    if (pattern == KK_NONE) {
        fprintf(stderr, "rules_try: no pattern %s\n", id);
        p->exit_code = 2;
    }
    kk_buf_dispose(&input);
}

typedef struct cost {
    double seconds;
    uint32_t matcher, calls, hits;
} cost;

static int by_cost(const void *a, const void *b)
{
    const cost *x = a;
    const cost *y = b;
    return x->seconds > y->seconds ? -1 : x->seconds < y->seconds;
}

static double now(void);

static cost cost_of(program *p, const kk_scan *scan, uint32_t matcher)
{
    cost c = {.matcher = matcher};
    const double start = now();
    for (uint32_t i = scan->posting_begin[matcher]; i < scan->posting_begin[matcher + 1]; i++) {
        size_t from = 0;
        kk_str found;
        c.calls++;
        do {
            if (kk_match_next(p->scanner->match, matcher,
                              kk_scan_match_text(scan, scan->postings[i].para), &from, &found,
                              &p->err) != KK_OK) {
                fail(p, "match");
                return c;
            }
            c.hits += found.ptr != NULL ? 1 : 0;
        } while (found.ptr != NULL);
    }
    c.seconds = now() - start;
    return c;
}

static void slow(program *p, const char *path)
{
    kk_buf input = {.ptr = NULL};
    kk_arena *arena = kk_arena_new();
    const kk_text *text = make_document(p, read_input(p, path, &input), arena);
    const kk_model *model = kk_rules_model(p->rules);
    cost *costs = kk_arena_array(arena, model->n_matchers + 1, sizeof *costs);
    kk_scan *scan;
    if (text == NULL || costs == NULL ||
        kk_scan_new(p->scanner, p->scanner->side_arena, &text, 1, &scan, &p->err) != KK_OK) {
        fail(p, path);
    } else {
        double sum = 0;
        for (uint32_t m = 0; m < model->n_matchers; m++) {
            costs[m] = cost_of(p, scan, m);
            sum += costs[m].seconds;
        }
        qsort(costs, model->n_matchers, sizeof *costs, by_cost);
        printf("%u regexes, %.2f ms in all\n", model->n_matchers, sum * 1000);
        for (uint32_t m = 0; m < model->n_matchers && m < 25; m++) {
            const kk_matcher *at = &model->matchers[costs[m].matcher];
            printf("%8.2f ms %6u calls %6u hits %u literals  %.*s:%u %.*s  %.*s\n",
                   costs[m].seconds * 1000, costs[m].calls, costs[m].hits, at->n_literals,
                   (int)at->origin.file.len, at->origin.file.ptr, at->origin.line,
                   (int)at->owner.len, at->owner.ptr,
                   (int)(at->regex.len < 100 ? at->regex.len : 100), at->regex.ptr);
        }
    }
    p->scanner->side = NULL;
    kk_buf_dispose(&input);
    kk_arena_free(arena);
}

static void print_inlines(const kk_inline *list, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        const char *open = list[i].kind == KK_INLINE_BOLD ? "*" : "";
        if (list[i].kind == KK_INLINE_FIELD) {
            printf("{%.*s=%.*s}", (int)list[i].name.len, list[i].name.ptr, (int)list[i].text.len,
                   list[i].text.ptr);
        } else {
            printf("%s%.*s%s", open, (int)list[i].text.len, list[i].text.ptr, open);
        }
    }
}

static void clause(program *p, const char *id, const char *lang)
{
    kk_arena *arena = kk_arena_new();
    kk_blocks blocks;
    static const char *const kinds[] = {"heading", "paragraph", "item", "row"};
    if (kk_rules_clause(p->rules, kk_str_from(id), (kk_str){NULL, 0},
                        strcmp(lang, "nn") == 0 ? KK_LANG_NN : KK_LANG_NB, kk_str_from(p->date),
                        NULL, 0, arena, &blocks, &p->err) != KK_OK) {
        fail(p, id);
        kk_arena_free(arena);
        return;
    }
    printf("%.*s@%.*s#%.*s %.*s\n", (int)blocks.clause.len, blocks.clause.ptr,
           (int)blocks.version.len, blocks.version.ptr, (int)blocks.hash.len, blocks.hash.ptr,
           (int)blocks.title.len, blocks.title.ptr);
    for (uint32_t i = 0; i < blocks.n_blocks; i++) {
        printf("%s: ", kinds[blocks.blocks[i].kind]);
        print_inlines(blocks.blocks[i].inlines, blocks.blocks[i].n_inlines);
        for (uint32_t k = 0; k < blocks.blocks[i].n_cells; k++) {
            printf(" |%d: ", (int)blocks.blocks[i].cells[k].role);
            print_inlines(blocks.blocks[i].cells[k].inlines, blocks.blocks[i].cells[k].n_inlines);
        }
        printf("\n");
    }
    kk_arena_free(arena);
}

/* ---- command line -------------------------------------------------------------------------- */

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool load(program *p)
{
    kk_buf schema = {.ptr = NULL};
    const double start = now();
    if (kk_file_read(KK_SOURCE_DIR "/rules/schema/klimakrav.rng", FILE_MAX, &schema, &p->err) !=
            KK_OK ||
        kk_rules_load(&p->rules, p->sources, p->n, (kk_str){schema.ptr, schema.len}, &p->err) !=
            KK_OK ||
        kk_scanner_new(&p->scanner, p->rules, NULL, &p->err) != KK_OK) {
        fail(p, "load");
    }
    kk_buf_dispose(&schema);
    if (p->timed) {
        fprintf(stderr, "load %.1f ms\n", (now() - start) * 1000);
    }
    return p->exit_code == 0;
}

/* Runs the action at argv[*i]; moves *i over its operands. */
static void act(program *p, int argc, char **argv, int *i)
{
    const char *name = argv[*i];
    const char *one = *i + 1 < argc ? argv[*i + 1] : "";
    const char *two = *i + 2 < argc ? argv[*i + 2] : "";
    const double start = now();
    if (strcmp(name, "--check") == 0) {
        check(p, one);
    } else if (strcmp(name, "--passages") == 0) {
        passages(p, one);
    } else if (strcmp(name, "--classify") == 0) {
        classify(p, one);
    } else if (strcmp(name, "--doc") == 0) {
        document(p, one);
    } else if (strcmp(name, "--pattern") == 0) {
        pattern_hits(p, one, two);
        *i += 1;
    } else if (strcmp(name, "--slow") == 0) {
        slow(p, one);
    } else if (strcmp(name, "--clause") == 0) {
        clause(p, one, two);
        *i += 1;
    } else if (strcmp(name, "--no-prefilter") == 0) {
        kk_scanner_use_prefilter(p->scanner, false);
        *i -= 1;
    } else {
        fprintf(stderr, "rules_try: unknown option %s\n", name);
        p->exit_code = 2;
    }
    *i += 1;
    if (p->timed) {
        fprintf(stderr, "%s %.1f ms\n", name, (now() - start) * 1000);
    }
}

/* Settings may stand anywhere, so they are read first; true when argv[*i] was one. */
static bool setting(program *p, int argc, char **argv, int *i)
{
    const char *value = *i + 1 < argc ? argv[*i + 1] : "";
    if (strcmp(argv[*i], "--ours") == 0) {
        p->ours = true;
    } else if (strcmp(argv[*i], "--strict") == 0) {
        p->strict = true;
    } else if (strcmp(argv[*i], "--evidence") == 0) {
        p->evidence = true;
    } else if (strcmp(argv[*i], "--time") == 0) {
        p->timed = true;
    } else if (strcmp(argv[*i], "--date") == 0) {
        p->date = value;
        ++*i;
    } else if (strcmp(argv[*i], "--category") == 0) {
        p->category = value;
        ++*i;
    } else if (strcmp(argv[*i], "--lang") == 0) {
        p->lang = strcmp(value, "nn") == 0   ? KK_LANG_NN
                  : strcmp(value, "en") == 0 ? KK_LANG_EN
                                             : KK_LANG_NB;
        ++*i;
    } else {
        return false;
    }
    return true;
}

int main(int argc, char **argv)
{
    static program p = {.date = "2026-11-23", .lang = KK_LANG_NB};
    for (int i = 1; i < argc; i++) {
        setting(&p, argc, argv, &i);
    }
    int first = 1;
    for (; first < argc && p.exit_code == 0; first++) {
        if (setting(&p, argc, argv, &first)) {
            continue;
        }
        if (argv[first][0] == '-') {
            break;
        }
        if (kk_file_walk(argv[first], add_source, &p, &p.err) != KK_OK) {
            fail(&p, argv[first]);
        }
    }
    if (p.exit_code == 0 && load(&p)) {
        for (int i = first; i < argc; i++) {
            if (!setting(&p, argc, argv, &i)) {
                act(&p, argc, argv, &i);
            }
        }
    }
    kk_scanner_free(p.scanner);
    kk_rules_free(p.rules);
    for (size_t i = 0; i < p.n; i++) {
        kk_buf_dispose(&p.files[i]);
    }
    return p.exit_code;
}
