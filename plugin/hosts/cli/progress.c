/* How far a run over many files has come: a bar with rate and remaining time on a terminal, plain
 * lines elsewhere. Looks at the monotonic clock only. */
#include "output.h"

#include "system.h"

#include <stdlib.h>
#include <string.h>

enum { BAR = 20, REDRAW_MS = 100, NARROW = 80, NAME_CAP = 256 };

static bool shows_progress(const kk_cli *cli, size_t total)
{
    if (cli->progress != NULL && strcmp(cli->progress, "auto") != 0) {
        return strcmp(cli->progress, "always") == 0;
    }
    return total > 4 && kk_cli_is_terminal(stderr);
}

static int columns(void)
{
    const char *value = getenv("COLUMNS");
    const int n = value == NULL ? 0 : (int)strtol(value, NULL, 10);
    return n >= 40 && n <= 1000 ? n : NARROW;
}

/* Cuts between characters to what fits. */
static void cut(char *name, int room)
{
    int width = 0;
    for (char *at = name; *at != '\0'; at++) {
        width += ((unsigned char)*at & 0xC0) != 0x80 ? 1 : 0;
        if (width > room) {
            *at = '\0';
            return;
        }
    }
}

static void draw(const kk_cli *cli, size_t done, size_t total, char *name, long long elapsed)
{
    char bar[BAR + 1];
    char line[160];
    const size_t filled = total == 0 ? BAR : done * BAR / total;
    const double rate = elapsed > 0 ? (double)done * 1000.0 / (double)elapsed : 0.0;
    const long long left = rate > 0.0 ? (long long)((double)(total - done) / rate + 0.5) : 0;
    for (size_t i = 0; i < BAR; i++) {
        bar[i] = i < filled ? '#' : '.';
    }
    bar[BAR] = '\0';
    const int n = snprintf(line, sizeof line, "[%s] %zu/%zu  %ld/s  %s %lld:%02lld  ", bar, done,
                           total, (long)(rate + 0.5), kk_cli_say(KK_TEXT_TIME_LEFT, cli->lang),
                           left / 60, left % 60);
    cut(name, columns() - (n > 0 ? n : 0) - 1);
    (void)fprintf(stderr, "\r\033[K%s%s", line, name);
}

void kk_cli_progress(const kk_cli *cli, size_t done, size_t total, const char *path)
{
    static long long begin, drawn;
    char name[NAME_CAP];
    if (!shows_progress(cli, total)) {
        return;
    }
    const char *slash = strrchr(path, '/');
    (void)kk_cli_plain(slash == NULL ? path : slash + 1, name, sizeof name);
    if (!kk_cli_is_terminal(stderr)) {
        (void)fprintf(stderr, "%zu/%zu %s\n", done, total, name);
        return;
    }
    const long long now = kk_cli_ms();
    if (done <= 1) {
        begin = done == 0 || begin == 0 ? now : begin;
        drawn = 0;
    }
    if (done == total) {
        (void)fputs("\r\033[K", stderr);
        begin = 0;
    } else if (now - drawn >= REDRAW_MS) {
        draw(cli, done, total, name, now - begin);
        drawn = now;
    }
    (void)fflush(stderr);
}
