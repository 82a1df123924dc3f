/* Entry names that some program could take for another name or a path elsewhere are refused.
 * Knows nothing of what is in the entries. */
#include "zipname.h"

#include "str.h"

#include <string.h>

bool kk_zipname_ascii(kk_str name)
{
    for (size_t i = 0; i < name.len; i++) {
        if ((unsigned char)name.ptr[i] > 0x7e) {
            return false;
        }
    }
    return true;
}

/* "." and ".." and the empty segment; a trailing '/' marks a folder. */
static bool has_dots(kk_str name)
{
    kk_str rest = name;
    if (rest.len > 0 && rest.ptr[rest.len - 1] == '/') {
        rest.len--;
    }
    size_t begin = 0;
    for (size_t i = 0; i <= rest.len; i++) {
        if (i < rest.len && rest.ptr[i] != '/') {
            continue;
        }
        const kk_str segment = kk_str_slice(rest, begin, i);
        if (segment.len == 0 || kk_str_is(segment, ".") || kk_str_is(segment, "..")) {
            return true;
        }
        begin = i + 1;
    }
    return false;
}

const char *kk_zipname_fault(kk_str name)
{
    if (name.len == 0) {
        return "an entry has no name";
    }
    for (size_t i = 0; i < name.len; i++) {
        if ((unsigned char)name.ptr[i] < 0x20) {
            return "an entry name holds control characters";
        }
    }
    if (memchr(name.ptr, '\\', name.len) != NULL) {
        return "an entry name holds a backslash";
    }
    if (name.ptr[0] == '/' || (name.len > 1 && name.ptr[1] == ':')) {
        return "an entry name is an absolute path";
    }
    return has_dots(name) ? "an entry name leads out of its folder" : NULL;
}
