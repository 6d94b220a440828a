#include "program/settings.h"

void settings_init(struct settings *settings, bool packetdrill)
{
	*settings = (struct settings){
		.bind_port = 8080,
		.connect_port = 8080,
		.tolerance = 4000,
		/*
		 * The kernel's timer wheel may fire late by this part of the time (since Linux
		 * 4.8).
		 */
		.tolerance_percent = 12.5,
		.loose_segments = packetdrill,
		.ts_ecr_check = !packetdrill,
		.unexpected_fails = !packetdrill,
		.await_tick = packetdrill,
		.settle = packetdrill ? 0 : 2000,
		.code_command = "python3",
		.code_format = "python",
		.code_sockopt = "",
		.commands_allowed = true,
	};
}

const char *ip_version_name(enum ip_version version)
{
	static const char *const names[IP_VERSIONS] = {
		[IP_UNSET] = "unset",
		[IP_V4] = "ipv4",
		[IP_V6] = "ipv6",
		[IP_V4_MAPPED] = "ipv4-mapped-ipv6",
	};

	return version < IP_VERSIONS ? names[version] : "?";
}
