/* The operating system as the command line sees it, by POSIX. Must not know commands and texts. */
#include "system.h"

#include "interrupt.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool kk_cli_system_start(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    /* A reader that goes away is a write that fails, not a killed program. */
    (void)signal(SIGPIPE, SIG_IGN);
    return true;
}

int kk_cli_system_end(int code)
{
    return code;
}

char *kk_cli_system_path(char *path)
{
    return path;
}

bool kk_cli_same_place(const char *a, const char *b)
{
    struct stat x;
    struct stat y;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

bool kk_cli_is_folder(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

bool kk_cli_is_there(const char *path)
{
    return access(path, F_OK) == 0;
}

void kk_cli_remove(const char *path)
{
    (void)unlink(path);
}

bool kk_cli_program_folder(char *out, size_t cap)
{
    const ssize_t n = readlink("/proc/self/exe", out, cap - 1);
    if (n <= 0) {
        return false;
    }
    out[n] = '\0';
    char *slash = strrchr(out, '/');
    if (slash == NULL) {
        return false;
    }
    *slash = '\0';
    return true;
}

bool kk_cli_bank_inside(kk_str *image, kk_str *schema)
{
    (void)image;
    (void)schema;
    return false;
}

const char *kk_cli_variable(const char *name)
{
    return getenv(name);
}

bool kk_cli_is_terminal(FILE *stream)
{
    return isatty(fileno(stream)) != 0;
}

bool kk_cli_reader_left(void)
{
    struct pollfd out = {.fd = STDOUT_FILENO, .events = POLLOUT};
    return poll(&out, 1, 0) == 1 && (out.revents & (POLLERR | POLLHUP)) != 0;
}

long kk_cli_read_input(char *to, size_t cap)
{
    for (;;) {
        const ssize_t got = read(STDIN_FILENO, to, cap);
        if (got >= 0 || errno != EINTR) {
            return (long)got;
        }
        if (kk_cli_interrupted(NULL)) {
            return 0;
        }
    }
}

long kk_cli_read_line(char **line, size_t *cap)
{
    return (long)getline(line, cap, stdin);
}

FILE *kk_cli_hold_open(kk_bytes *out)
{
    return open_memstream(&out->ptr, &out->len);
}

bool kk_cli_hold_close(FILE *held, kk_bytes *out)
{
    (void)out;
    return fclose(held) == 0;
}

long long kk_cli_ms(void)
{
    struct timespec t;
    return clock_gettime(CLOCK_MONOTONIC, &t) == 0
               ? (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000
               : 0;
}

bool kk_cli_calendar(bool utc, struct tm *out)
{
    const time_t now = time(NULL);
    return (utc ? gmtime_r(&now, out) : localtime_r(&now, out)) != NULL;
}
