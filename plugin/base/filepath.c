/* Paths as words. Knows nothing of what the files hold. */
#include "filepath.h"

#include "str.h"

#include <string.h>

kk_str kk_path_folder(kk_str path)
{
    size_t n = path.len;
    while (n > 0 && path.ptr[n - 1] != '/') {
        n--;
    }
    if (n == 0) {
        return KK_STR(".");
    }
    return kk_str_slice(path, 0, n > 1 ? n - 1 : 1);
}

void kk_path_seen_from(kk_str folder, const char *path, kk_buf *out)
{
    kk_buf real;
    kk_str given = kk_str_from(path);
    kk_buf_init(&real, 0);
    while (kk_str_starts(given, KK_STR("./"))) {
        given = kk_str_slice(given, 2, given.len);
    }
    if (folder.len == 0 || !kk_path_real(path, &real) || real.failed != KK_OK) {
        kk_buf_str(out, given);
    } else {
        const kk_str whole = kk_buf_view(&real);
        const size_t n = folder.len == 1 ? 0 : folder.len; /* "/" is every path's folder */
        const bool below = kk_str_starts(whole, folder) && whole.len > n && whole.ptr[n] == '/';
        kk_buf_str(out, below ? kk_str_slice(whole, n + 1, whole.len) : whole);
    }
    kk_buf_dispose(&real);
}

/* The usual walk with one point of return: after a star, try the shortest stretch and lengthen it.
 * A later star makes an earlier one irrelevant, except that "*" may not cross a slash that "**"
 * may; hence the two points. */
typedef struct matcher {
    kk_str pattern, s;
    size_t p, at;             /* next of each */
    size_t star_p, star_at;   /* after the last "*", SIZE_MAX: none */
    size_t stars_p, stars_at; /* after the last "**" */
    bool paths;
} matcher;

static bool retry(matcher *m)
{
    if (m->star_p != SIZE_MAX && m->star_at < m->s.len &&
        (!m->paths || m->s.ptr[m->star_at] != '/')) {
        m->p = m->star_p;
        m->at = ++m->star_at;
        return true;
    }
    if (m->stars_p != SIZE_MAX && m->stars_at < m->s.len) {
        m->p = m->stars_p;
        m->at = ++m->stars_at;
        m->star_p = SIZE_MAX;
        return true;
    }
    return false;
}

static void take_star(matcher *m)
{
    size_t n = 1;
    while (m->p + n < m->pattern.len && m->pattern.ptr[m->p + n] == '*') {
        n++;
    }
    m->p += n;
    if (n > 1 || !m->paths) {
        /* a run of folders: its slash belongs to it, so that a run of none fits too */
        m->p += m->paths && m->p < m->pattern.len && m->pattern.ptr[m->p] == '/' ? 1 : 0;
        m->stars_p = m->p;
        m->stars_at = m->at;
        m->star_p = SIZE_MAX;
    } else {
        m->star_p = m->p;
        m->star_at = m->at;
    }
}

static size_t character(kk_str s, size_t at)
{
    size_t n = 1;
    while (at + n < s.len && ((unsigned char)s.ptr[at + n] & 0xC0) == 0x80) {
        n++;
    }
    return n;
}

static bool fits(kk_str pattern, kk_str s, bool paths)
{
    matcher m = {.pattern = pattern,
                 .s = s,
                 .star_p = SIZE_MAX,
                 .stars_p = SIZE_MAX,
                 .paths = paths};
    for (;;) {
        if (m.p == pattern.len) {
            if (m.at == s.len || (paths && m.at > 0 && m.at < s.len && s.ptr[m.at] == '/')) {
                return true;
            }
        } else if (pattern.ptr[m.p] == '*') {
            take_star(&m);
            continue;
        } else if (m.at < s.len && pattern.ptr[m.p] == '?' && (!paths || s.ptr[m.at] != '/')) {
            m.p++;
            m.at += character(s, m.at);
            continue;
        } else if (m.at < s.len && pattern.ptr[m.p] == s.ptr[m.at]) {
            m.p++;
            m.at++;
            continue;
        }
        if (!retry(&m)) {
            return false;
        }
    }
}

bool kk_path_fits(kk_str pattern, kk_str s)
{
    while (kk_str_starts(pattern, KK_STR("./"))) {
        pattern = kk_str_slice(pattern, 2, pattern.len);
    }
    while (pattern.len > 1 && pattern.ptr[pattern.len - 1] == '/') {
        pattern.len--;
    }
    return fits(pattern, s, true);
}

bool kk_words_fit(kk_str pattern, kk_str s)
{
    return fits(pattern, s, false);
}
