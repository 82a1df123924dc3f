/* Windows: watch is left out, as it stands on Linux' news about folders; it says so. */
#include "output.h"
#include "session.h"

int kk_cli_watch(const kk_cli *cli)
{
    kk_cli_fail(NULL, "unsupported", "%s", kk_cli_say(KK_TEXT_WATCH_NOT_HERE, cli->lang));
    return KK_EXIT_FAILED;
}
