/* The default caps, in one place. Knows nothing of what they guard. */
#include "limits.h"

#include <string.h>

#define MIB (UINT64_C(1) << 20)

static void fill64(uint64_t *field, uint64_t value)
{
    *field = *field == 0 ? value : *field;
}

static void fill32(uint32_t *field, uint32_t value)
{
    *field = *field == 0 ? value : *field;
}

kk_limits kk_limits_filled(const kk_limits *limits)
{
    kk_limits out;
    memset(&out, 0, sizeof out);
    if (limits != NULL) {
        const size_t n = limits->size == 0 || limits->size > sizeof out ? sizeof out : limits->size;
        memcpy(&out, limits, n);
    }
    out.size = sizeof out;
    fill64(&out.file_bytes, 512 * MIB);
    fill64(&out.part_bytes, 256 * MIB);
    fill64(&out.total_bytes, 768 * MIB);
    fill32(&out.entries, 10000);
    fill32(&out.depth, 256);
    fill32(&out.attribute_bytes, 1u << 20);
    fill32(&out.paragraphs, 4000000);
    fill32(&out.hits, 1000000);
    fill32(&out.match_steps, 1000000);
    return out;
}
