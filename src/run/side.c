#include "run/side.h"

void side_init(struct running *run, bool no_loss_probe)
{
	const struct addresses *near = run->addresses;

	run->far.addresses = (struct addresses){
		.local = near->remote,
		.remote = near->local,
		.gateway = near->remote,
		.local_prefix = near->remote_prefix,
		.remote_prefix = near->local_prefix,
		.bind = near->connect,
		.connect = near->bind,
		.domain = near->domain,
	};
	connections_init(&run->far.connections, run->arena, run->settings, &run->far.addresses,
	                 no_loss_probe);
	run->far.connections.at_peer = true;
}

struct connections *side_connections(struct running *run, bool at_peer)
{
	return at_peer ? &run->far.connections : &run->connections;
}

const struct addresses *side_addresses(const struct running *run, bool at_peer)
{
	return at_peer ? &run->far.addresses : run->addresses;
}

struct host *side_host(const struct running *run, bool at_peer)
{
	return at_peer ? run->host->far : run->host;
}

bool side_of_call(const struct running *run, const struct call_want *want)
{
	return run->actors.list[want->process].at_peer;
}
