/* Windows: how many processors there are. The counterpart of cores.c; knows nothing of what they are
 * for. */
#include "thread.h"

#include <windows.h>

unsigned kk_thread_cores(void)
{
    SYSTEM_INFO info;
    GetSystemInfo(&info);
    const DWORD n = info.dwNumberOfProcessors;
    return n < 1 ? 1 : n > 1024 ? 1024 : (unsigned)n;
}
