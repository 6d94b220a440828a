#include "stacks/stack_sysctls.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* Each switches off something that Linux adds. */
static const struct plain {
	const char *name, *value;
} rows[] = {
	/* clang-format off */
	{ "net.ipv4.tcp_timestamps",          "0" },
	{ "net.ipv4.tcp_sack",                "0" },
	{ "net.ipv4.tcp_window_scaling",      "0" },
	{ "net.ipv4.tcp_no_metrics_save",     "1" },
	{ "net.ipv4.tcp_dsack",               "0" },
	{ "net.ipv4.tcp_ecn",                 "0" },
	{ "net.ipv4.tcp_fastopen",            "0" },
	{ "net.ipv4.tcp_syncookies",          "0" },
	{ "net.ipv4.tcp_tw_reuse",            "0" },
	{ "net.ipv4.tcp_early_retrans",       "0" },
	{ "net.ipv4.tcp_recovery",            "0" },
	{ "net.ipv4.tcp_invalid_ratelimit",   "0" },
	{ "net.ipv4.tcp_abort_on_overflow",   "0" },
	{ "net.ipv4.tcp_syn_linear_timeouts", "0" },
	{ "net.ipv4.tcp_congestion_control",  "reno" },
	/* clang-format on */
};

static bool is_plain(const struct setting *setting)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (!strcmp(rows[i].name, setting->name))
			return !strcmp(rows[i].value, setting->value);
	return false;
}

const struct setting *stack_sysctl_needed(const struct setting *list)
{
	while (list && is_plain(list))
		list = list->next;
	return list;
}
