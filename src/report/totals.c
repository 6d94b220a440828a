#include "report/totals.h"

#include <assert.h>

void totals_print(FILE *out, const struct report_totals *totals)
{
	static const struct {
		enum verdict_kind kind;
		const char *name;
		bool always;
	} rows[] = {
		{ VERDICT_PASS, "passed", true },      { VERDICT_FAIL, "failed", true },
		{ VERDICT_SKIP, "skipped", true },     { VERDICT_XFAIL, "xfailed", false },
		{ VERDICT_XPASS, "xpassed", false },   { VERDICT_INVALID, "invalid", false },
		{ VERDICT_ERROR, "broken", false },    { VERDICT_NONE, "died", false },
		{ VERDICT_CHECKED, "checked", false },
	};

	static_assert(sizeof(rows) / sizeof(*rows) == VERDICT_KINDS, "each kind is counted");
	const char *comma = "";

	for (size_t i = 0; i < VERDICT_KINDS; i++) {
		if (!rows[i].always && !totals->count[rows[i].kind])
			continue;
		fprintf(out, "%s%zu %s", comma, totals->count[rows[i].kind], rows[i].name);
		if (rows[i].kind == VERDICT_PASS && totals->flaky)
			fprintf(out, " (%zu flaky)", totals->flaky);
		comma = ", ";
	}
	if (totals->not_run)
		fprintf(out, ", %zu not run", totals->not_run);
	if (totals->ended)
		fprintf(out, " (%s)", totals->ended);
	fprintf(out, " in %.1f s\n", (double)totals->wall / USEC_PER_SEC);
}
