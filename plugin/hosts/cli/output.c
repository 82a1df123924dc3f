/* Messages to stderr, results to stdout or a file. The only file here that asks for
 * the date. */
#include "output.h"

#include "system.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Length of the UTF-8 character at s, 0 if it is none. */
static size_t character(const unsigned char *s)
{
    const size_t n = s[0] < 0x80 ? 1 : s[0] >= 0xF0 ? 4 : s[0] >= 0xE0 ? 3 : s[0] >= 0xC2 ? 2 : 0;
    for (size_t i = 1; i < n; i++) {
        if ((s[i] & 0xC0) != 0x80) {
            return 0;
        }
    }
    return n;
}

/* C0, DEL, C1 and the characters that turn the reading direction. */
static bool is_control(const unsigned char *s, size_t n)
{
    if (n == 1) {
        return s[0] < 0x20 || s[0] == 0x7F;
    }
    if (n == 2) {
        return s[0] == 0xC2 && s[1] < 0xA0;
    }
    return n == 3 && s[0] == 0xE2 &&
           ((s[1] == 0x80 && (s[2] >= 0xA8 || s[2] == 0x8E || s[2] == 0x8F) && s[2] <= 0xAE) ||
            (s[1] == 0x81 && s[2] >= 0xA6 && s[2] <= 0xA9));
}

const char *kk_cli_plain(const char *s, char *out, size_t cap)
{
    size_t at = 0;
    while (*s != '\0' && at + 5 < cap) {
        const size_t n = character((const unsigned char *)s);
        if (n == 0 || is_control((const unsigned char *)s, n)) {
            out[at++] = '?';
        } else {
            memcpy(out + at, s, n);
            at += n;
        }
        s += n == 0 ? 1 : n;
    }
    out[at] = '\0';
    return out;
}

void kk_cli_put(FILE *to, kk_str s)
{
    char word[5];
    char shown[16];
    for (size_t i = 0; i < s.len;) {
        size_t n = 1;
        while (i + n < s.len && n < 4 && ((unsigned char)s.ptr[i + n] & 0xC0) == 0x80) {
            n++;
        }
        memcpy(word, s.ptr + i, n);
        word[n] = '\0';
        (void)fputs(word[0] == '\0' ? "?" : kk_cli_plain(word, shown, sizeof shown), to);
        i += n;
    }
}

static void line(const char *file, const char *text, const char *code)
{
    char name[1024];
    char plain[2048];
    if (file != NULL) {
        (void)fprintf(stderr, "klimakrav: %s: ", kk_cli_plain(file, name, sizeof name));
    } else {
        (void)fputs("klimakrav: ", stderr);
    }
    (void)fputs(kk_cli_plain(text, plain, sizeof plain), stderr);
    if (code != NULL) {
        (void)fprintf(stderr, " [%s]", code);
    }
    (void)fputc('\n', stderr);
}

/* Texts come from a table in three languages, so no compiler can check them as printf formats: this
 * knows %s and %zu, and nothing else. */
static void fill(char *out, size_t cap, const char *format, va_list args)
{
    size_t at = 0;
    for (; *format != '\0' && at + 1 < cap; format++) {
        int n = 1;
        if (strncmp(format, "%s", 2) == 0) {
            n = snprintf(out + at, cap - at, "%s", va_arg(args, const char *));
            format += 1;
        } else if (strncmp(format, "%zu", 3) == 0) {
            n = snprintf(out + at, cap - at, "%zu", va_arg(args, size_t));
            format += 2;
        } else {
            out[at] = *format;
        }
        at += n > 0 ? (size_t)n : 0;
    }
    out[at < cap ? at : cap - 1] = '\0';
}

void kk_cli_fail(const char *file, const char *code, const char *format, ...)
{
    char text[1024];
    va_list args;
    va_start(args, format);
    fill(text, sizeof text, format, args);
    va_end(args);
    line(file, text, code);
}

void kk_cli_notice(const char *file, const char *format, ...)
{
    char text[1024];
    va_list args;
    va_start(args, format);
    fill(text, sizeof text, format, args);
    va_end(args);
    line(file, text, NULL);
}

static void print(const char *format, ...)
{
    char text[4800];
    va_list args;
    va_start(args, format);
    fill(text, sizeof text, format, args);
    va_end(args);
    (void)puts(text);
}

void kk_cli_line(kk_cli_text text, kk_lang lang, const char *arg)
{
    print(kk_cli_say(text, lang), arg);
}

void kk_cli_line_n(kk_cli_text text, kk_lang lang, size_t n)
{
    print(kk_cli_say(text, lang), n);
}

void kk_cli_remain(const kk_cli *cli, const size_t n[3])
{
    print(kk_cli_say(KK_TEXT_REMAIN, cli->lang), n[KK_SEVERITY_ERROR], n[KK_SEVERITY_WARNING],
          n[KK_SEVERITY_INFO]);
}

int kk_cli_fail_error(const kk_cli *cli, const char *file, const kk_error *err)
{
    char text[1024];
    line(file, kk_error_describe(err, cli->lang, text, sizeof text), NULL);
    return KK_EXIT_FAILED;
}

int kk_cli_close_stdout(const kk_cli *cli, int code)
{
    if (fflush(stdout) != 0 || ferror(stdout)) {
        if (kk_cli_reader_left()) {
            return code; /* it has seen enough ("| head"): nothing to talk about */
        }
        kk_cli_fail(NULL, "io", "%s", kk_cli_say(KK_TEXT_STDOUT_FAILED, cli->lang));
        return KK_EXIT_FAILED;
    }
    return code;
}

int kk_cli_deliver(const kk_cli *cli, const kk_bytes *bytes)
{
    if (cli->output != NULL && strcmp(cli->output, "-") != 0) {
        kk_error err = {.status = KK_OK};
        if (kk_file_save(cli->output, (kk_str){bytes->ptr, bytes->len}, &err) != KK_OK) {
            return kk_cli_fail_error(cli, cli->output, &err);
        }
        return KK_EXIT_OK;
    }
    (void)fwrite(bytes->ptr, 1, bytes->len, stdout);
    return kk_cli_close_stdout(cli, KK_EXIT_OK);
}

bool kk_cli_colour(const kk_cli *cli)
{
    const char *no_color = getenv("NO_COLOR");
    const char *term = getenv("TERM");
    const bool wanted = no_color == NULL || *no_color == '\0';
    const bool able = term != NULL && strcmp(term, "dumb") != 0;
    return cli->output == NULL && wanted && able && kk_cli_is_terminal(stdout);
}

void kk_cli_today(char out[11])
{
    struct tm day;
    if (!kk_cli_calendar(false, &day) || strftime(out, 11, "%Y-%m-%d", &day) != 10) {
        memcpy(out, "1970-01-01", 11);
    }
}

void kk_cli_now(char out[21])
{
    struct tm day;
    if (!kk_cli_calendar(true, &day) || strftime(out, 21, "%Y-%m-%dT%H:%M:%SZ", &day) != 20) {
        memcpy(out, "1970-01-01T00:00:00Z", 21);
    }
}
