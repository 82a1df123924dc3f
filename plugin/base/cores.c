/* How many processors there are. Knows nothing of what they are for. */
#include "thread.h"

#include <unistd.h>

unsigned kk_thread_cores(void)
{
    const long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > 1024 ? 1024 : (unsigned)n;
}
