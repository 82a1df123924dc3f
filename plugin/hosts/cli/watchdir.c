/* inotify over a tree. A file that is still being written keeps being put off; one that vanishes is
 * forgotten; when the kernel's queue overflows, the tree is looked through anew. */
#include "watchdir.h"

#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { EVENTS = 16 * 1024, PATH_ROOM = 4096, DEEPEST = 64 };

typedef struct pending {
    char *path;
    long long due; /* ms; pushed back by every further event */
    bool heard;    /* an event told of it, not only the first look */
} pending;

struct kk_watchdir {
    int fd;
    long settle_ms;
    char *folder;
    struct stat skip;
    bool skips;
    char **dirs; /* by watch descriptor, NULL where there is none */
    size_t n_dirs;
    pending *files;
    size_t n_files, room;
    char *handed; /* the path given out last */
};

static long long now_ms(void)
{
    struct timespec t;
    return clock_gettime(CLOCK_MONOTONIC, &t) == 0
               ? (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000
               : 0;
}

static char *copy(const char *s)
{
    const size_t n = strlen(s) + 1;
    char *out = malloc(n);
    if (out != NULL) {
        memcpy(out, s, n);
    }
    return out;
}

static bool is_template(const char *name)
{
    static const char *const endings[] = {".docx", ".dotx", ".docm", ".dotm"};
    const size_t n = strlen(name);
    if (name[0] == '.' || strncmp(name, "~$", 2) == 0 || n < 6) {
        return false;
    }
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (strcasecmp(name + n - 5, endings[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* ---- what has changed ---------------------------------------------------------------------- */

static pending *find(kk_watchdir *w, const char *path)
{
    for (size_t i = 0; i < w->n_files; i++) {
        if (strcmp(w->files[i].path, path) == 0) {
            return &w->files[i];
        }
    }
    return NULL;
}

static void note(kk_watchdir *w, const char *path, bool heard)
{
    pending *p = find(w, path);
    if (p == NULL) {
        if (w->n_files == w->room) {
            const size_t room = w->room == 0 ? 64 : w->room * 2;
            pending *more = realloc(w->files, room * sizeof *more);
            if (more == NULL) {
                return; /* found again by the next event or start */
            }
            w->files = more;
            w->room = room;
        }
        char *kept = copy(path);
        if (kept == NULL) {
            return;
        }
        p = &w->files[w->n_files++];
        p->path = kept;
        p->heard = false;
    }
    p->heard = p->heard || heard;
    p->due = now_ms() + w->settle_ms;
}

static void drop(kk_watchdir *w, size_t i)
{
    free(w->files[i].path);
    w->files[i] = w->files[--w->n_files];
}

static void forget(kk_watchdir *w, const char *path)
{
    const pending *p = find(w, path);
    if (p != NULL) {
        drop(w, (size_t)(p - w->files));
    }
}

/* ---- folders ------------------------------------------------------------------------------- */

static bool watch_folder(kk_watchdir *w, const char *path)
{
    const int id = inotify_add_watch(w->fd, path,
                                     IN_CLOSE_WRITE | IN_MODIFY | IN_MOVED_TO | IN_CREATE |
                                         IN_DELETE | IN_MOVED_FROM | IN_ONLYDIR | IN_DONT_FOLLOW);
    if (id < 0) {
        return false;
    }
    if ((size_t)id >= w->n_dirs) {
        const size_t n = (size_t)id + 64;
        char **more = realloc(w->dirs, n * sizeof *more);
        if (more == NULL) {
            return false;
        }
        memset(more + w->n_dirs, 0, (n - w->n_dirs) * sizeof *more);
        w->dirs = more;
        w->n_dirs = n;
    }
    free(w->dirs[id]);
    w->dirs[id] = copy(path);
    return w->dirs[id] != NULL;
}

/* Watched first and listed then, so that nothing slips through between. */
static bool add_folder(kk_watchdir *w, const char *path, int depth)
{
    struct stat info;
    char inner[PATH_ROOM];
    if (lstat(path, &info) != 0 || !S_ISDIR(info.st_mode) || depth > DEEPEST ||
        (w->skips && info.st_dev == w->skip.st_dev && info.st_ino == w->skip.st_ino)) {
        return true;
    }
    if (!watch_folder(w, path)) {
        return false;
    }
    DIR *dir = opendir(path);
    bool fine = true;
    for (const struct dirent *e; dir != NULL && fine && (e = readdir(dir)) != NULL;) {
        const int n = snprintf(inner, sizeof inner, "%s/%s", path, e->d_name);
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0 || n < 0 ||
            (size_t)n >= sizeof inner || lstat(inner, &info) != 0) {
            continue;
        }
        if (S_ISDIR(info.st_mode)) {
            fine = add_folder(w, inner, depth + 1);
        } else if (S_ISREG(info.st_mode) && is_template(e->d_name)) {
            note(w, inner, false);
        }
    }
    if (dir != NULL) {
        closedir(dir);
    }
    return fine;
}

kk_watchdir *kk_watchdir_open(const char *folder, const char *skip, long settle_ms)
{
    kk_watchdir *w = calloc(1, sizeof *w);
    if (w == NULL) {
        return NULL;
    }
    w->fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    w->settle_ms = settle_ms;
    w->folder = copy(folder);
    w->skips = skip != NULL && stat(skip, &w->skip) == 0;
    if (w->fd < 0 || w->folder == NULL || !add_folder(w, folder, 0)) {
        const int code = errno;
        kk_watchdir_close(w);
        errno = code;
        return NULL;
    }
    return w;
}

void kk_watchdir_close(kk_watchdir *watch)
{
    if (watch == NULL) {
        return;
    }
    if (watch->fd >= 0) {
        close(watch->fd);
    }
    for (size_t i = 0; i < watch->n_dirs; i++) {
        free(watch->dirs[i]);
    }
    while (watch->n_files > 0) {
        drop(watch, 0);
    }
    free(watch->dirs);
    free(watch->files);
    free(watch->folder);
    free(watch->handed);
    free(watch);
}

/* ---- events -------------------------------------------------------------------------------- */

static void take_event(kk_watchdir *w, const struct inotify_event *e)
{
    char path[PATH_ROOM];
    if ((e->mask & IN_Q_OVERFLOW) != 0) {
        (void)add_folder(w, w->folder, 0);
        return;
    }
    if (e->wd < 0 || (size_t)e->wd >= w->n_dirs || w->dirs[e->wd] == NULL) {
        return;
    }
    if ((e->mask & IN_IGNORED) != 0) {
        free(w->dirs[e->wd]);
        w->dirs[e->wd] = NULL;
        return;
    }
    const int n = snprintf(path, sizeof path, "%s/%s", w->dirs[e->wd], e->len > 0 ? e->name : "");
    if (e->len == 0 || n < 0 || (size_t)n >= sizeof path) {
        return;
    }
    if ((e->mask & IN_ISDIR) != 0) {
        if ((e->mask & (IN_CREATE | IN_MOVED_TO)) != 0) {
            (void)add_folder(w, path, 0);
        }
    } else if ((e->mask & (IN_DELETE | IN_MOVED_FROM)) != 0) {
        forget(w, path);
    } else if (is_template(e->name)) {
        note(w, path, true);
    }
}

static void take_events(kk_watchdir *w)
{
    union {
        struct inotify_event event; /* for its alignment */
        char bytes[EVENTS];
    } room;
    for (;;) {
        const ssize_t n = read(w->fd, room.bytes, sizeof room.bytes);
        if (n <= 0) {
            return;
        }
        for (ssize_t at = 0; at < n;) {
            struct inotify_event e;
            memcpy(&e, room.bytes + at, sizeof e);
            take_event(w, (const struct inotify_event *)(const void *)(room.bytes + at));
            at += (ssize_t)(sizeof e + e.len);
        }
    }
}

const char *kk_watchdir_next(kk_watchdir *watch, int wait_ms, bool *heard)
{
    struct pollfd p = {.fd = watch->fd, .events = POLLIN};
    const long long now = now_ms();
    long long wait = wait_ms;
    for (size_t i = 0; i < watch->n_files; i++) {
        const long long left = watch->files[i].due - now;
        wait = left < wait ? left : wait;
    }
    if (poll(&p, 1, wait < 0 ? 0 : (int)wait) > 0) {
        take_events(watch);
    }
    size_t first = watch->n_files;
    for (size_t i = 0; i < watch->n_files; i++) {
        if (watch->files[i].due <= now_ms() &&
            (first == watch->n_files || strcmp(watch->files[i].path, watch->files[first].path) < 0)) {
            first = i;
        }
    }
    if (first == watch->n_files) {
        return NULL;
    }
    free(watch->handed);
    watch->handed = watch->files[first].path;
    *heard = watch->files[first].heard;
    watch->files[first] = watch->files[--watch->n_files];
    return watch->handed;
}

size_t kk_watchdir_pending(const kk_watchdir *watch)
{
    return watch->n_files;
}
