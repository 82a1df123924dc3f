/* What the commands share: the bank, dates, audit options, exit codes. */
#ifndef KK_CLI_SESSION_H
#define KK_CLI_SESSION_H

#include "options.h"

/* Loads the bank: KLIMAKRAV_BANK, else beside the program (installed, or in a build folder), else
 * the one inside the program where there is one, with
 * the folders of --rules. Says why and returns false. */
bool kk_cli_bank(const kk_cli *cli, kk_bank **out);

/* --date, or today. `today` is room for it. NULL (said why) when it is no date. */
const char *kk_cli_date(const kk_cli *cli, char today[11]);
/* Options of an audit by the command line; date as above. */
kk_audit_options kk_cli_audit_options(const kk_cli *cli, const char *date);
/* --format as one of the allowed ones ("text|json"); false (said why) for another. */
bool kk_cli_format(const kk_cli *cli, const char *allowed, kk_format *out);
/* Exit code for a number of findings per level. */
int kk_cli_verdict(const kk_cli *cli, const size_t n[3]);
/* --jobs, 0 for the default; false (said why) for nonsense. */
bool kk_cli_jobs(const kk_cli *cli, unsigned *out);
/* Templates at the arguments and in --files-from, cut down to --shard; what lies below --output-dir
 * and --backup is left out. False (said why) when none are given or found. */
bool kk_cli_find(const kk_cli *cli, kk_paths **out);
/* --shard as numbers, 0 and 0 without it; false (said why) for nonsense. */
bool kk_cli_shard(const kk_cli *cli, uint32_t *shard, uint32_t *n_shards);
/* The only argument, NULL (said why) for none or several. */
const char *kk_cli_one_path(const kk_cli *cli);

/* Loads --config, or the klimakrav.xml nearest above the first argument, into cli->config, and fills
 * what the command line left open from its defaults. False (said why) when it cannot be used. */
bool kk_cli_configure(kk_cli *cli);

int kk_cli_audit(const kk_cli *cli);
int kk_cli_check(const kk_cli *cli);
/* The fields of the notice. */
int kk_cli_fields(const kk_cli *cli);
int kk_cli_insert(const kk_cli *cli);
int kk_cli_withdraw(const kk_cli *cli);
int kk_cli_serve(const kk_cli *cli);
int kk_cli_watch(const kk_cli *cli);
int kk_cli_update(const kk_cli *cli);
int kk_cli_release(const kk_cli *cli);
int kk_cli_receipt(const kk_cli *cli);
int kk_cli_classify(const kk_cli *cli);
/* classify without --tsv. */
int kk_cli_classify_files(const kk_cli *cli);
int kk_cli_requirements(const kk_cli *cli);
int kk_cli_show_text(const kk_cli *cli);
int kk_cli_rules(const kk_cli *cli);
int kk_cli_limits(const kk_cli *cli);

#endif
