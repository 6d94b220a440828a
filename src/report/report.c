#include "report/report.h"

const struct report_fact *report_facts(const struct report_run *run)
{
	return run->facts ? run->facts(run->context) : NULL;
}
