# A Varnish in front of commerce that authoring purges (CDN_PROVIDER=varnish-ban). Varnish 7 or later; its own module std tells whether
# a ban was taken.
# Give it the address of the load balancer's door for commerce, and say who may purge.
vcl 4.1;

import std;

backend commerce {
  .host = "loadbalancer";
  .port = "8080";
}

acl purgers {
  "localhost";
  "172.31.250.0"/24;
}

sub vcl_recv {
  if (req.method == "PURGE") {
    if (client.ip !~ purgers) {
      return (synth(403, "Forbidden"));
    }
    # The header becomes words of an expression: nothing but a pattern of encoded tags gets there.
    if (req.http.lockstep-ban !~ "^[A-Za-z0-9:._~/@=%()|\[\]^!$-]+$") {
      return (synth(400, "Bad pattern"));
    }
    # The head of the list of bans is compared at the next request for an object, so it holds from here on.
    if (!std.ban("obj.http.surrogate-key ~ " + req.http.lockstep-ban)) {
      return (synth(400, "Ban refused"));
    }
    return (synth(200, "Purged"));
  }
  # A position of the shopper's own writes must be reached: no answer from before it will do.
  if (req.http.lockstep-position) {
    return (pass);
  }
}

sub vcl_deliver {
  # What an answer is made of is nobody else's business.
  unset resp.http.surrogate-key;
  set resp.http.x-cache = "miss";
  if (obj.hits > 0) {
    set resp.http.x-cache = "hit";
  }
}
