/* Words that every room of klimakrav shares: status, error, string view, limits.
 * Includes only C headers; valid C11 and C++17. */
#ifndef KLIMAKRAV_TYPES_H
#define KLIMAKRAV_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__) && !defined(_WIN32)
#define KK_API __attribute__((visibility("default")))
#else
#define KK_API
#endif

/* "No such index" wherever an index may be absent. */
#define KK_NONE UINT32_MAX

/* Borrowed view of UTF-8 bytes. Not NUL-terminated unless a function says so; ptr may be NULL when
 * len is 0. Valid as long as the owner named by the function that returned it. */
typedef struct kk_str {
    const char *ptr;
    size_t len;
} kk_str;

/* What a caller can do about it, not where it happened. 0 is success, failures are negative. */
typedef enum kk_status {
    KK_OK = 0,
    KK_E_NOMEM = -1,       /* allocation failed */
    KK_E_IO = -2,          /* file could not be read or written */
    KK_E_FORMAT = -3,      /* not a package we can read: broken zip, XML, content types */
    KK_E_UNSUPPORTED = -4, /* understood but refused: encrypted, signed, protected, locked place */
    KK_E_LIMIT = -5,       /* over one of kk_limits */
    KK_E_RULE = -6,        /* rule file with an error */
    KK_E_STALE = -7,       /* index or plan no longer fits the document */
    KK_E_CANCELLED = -8,   /* the caller's cancel callback said stop */
    KK_E_ARG = -9          /* wrong use: unknown id, option, value */
} kk_status;

/* Filled on failure by the lowest layer that knows; never overwritten by those above.
 * All texts NUL-terminated UTF-8. reason is the fixed code of the interface contract ("encrypted",
 * "dtd", "place-locked" ...) or empty; message is one line: what is wrong; what to do. */
typedef struct kk_error {
    kk_status status;
    uint32_t line;       /* 1-based line in a rule or config file, else 0 */
    uint64_t offset;     /* byte offset in part, else 0 */
    char reason[24];
    char part[160];      /* package part or file concerned, else empty */
    char message[480];
} kk_error;

/* Absolute caps (never ratios: a repetitive 100 MB part is honest at 93:1). 0 = the default. */
typedef struct kk_limits {
    size_t size;              /* sizeof(kk_limits) */
    uint64_t file_bytes;      /* the package itself                    default 512 MiB */
    uint64_t part_bytes;      /* one part, inflated                    default 256 MiB */
    uint64_t total_bytes;     /* all parts read, inflated              default 768 MiB */
    uint32_t entries;         /* zip entries                           default 10 000 */
    uint32_t depth;           /* XML element depth                     default 256 */
    uint32_t attribute_bytes; /* one attribute value                   default 1 MiB */
    uint32_t paragraphs;      /* paragraphs in all stories             default 4 000 000 */
    uint32_t hits;            /* pattern hits kept per document        default 1 000 000 */
    uint32_t match_steps;     /* PCRE2 match limit per call            default 1 000 000 */
} kk_limits;

/* Language form. OTHER covers every language that is neither Norwegian form nor English. */
typedef enum kk_lang {
    KK_LANG_UNSET = 0,
    KK_LANG_NB = 1,
    KK_LANG_NN = 2,
    KK_LANG_EN = 3,
    KK_LANG_OTHER = 4
} kk_lang;

#ifdef __cplusplus
}
#endif
#endif
