# The same as ban.vcl with an index of keys (CDN_PROVIDER=varnish-xkey). Needs vmod xkey, of varnish-modules.
vcl 4.1;

import xkey;

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
    # Everything: the only pattern there is here.
    if (req.http.lockstep-ban == ".") {
      ban("obj.status != 0");
      return (synth(200, "Purged"));
    }
    # Without keys nothing would be purged, and that be confirmed.
    if (!req.http.xkey-purge) {
      return (synth(400, "No keys"));
    }
    if (xkey.purge(req.http.xkey-purge) >= 0) {
      return (synth(200, "Purged"));
    }
    return (synth(500, "Not purged"));
  }
  # A position of the shopper's own writes must be reached: no answer from before it will do.
  if (req.http.lockstep-position) {
    return (pass);
  }
}

sub vcl_backend_response {
  set beresp.http.xkey = beresp.http.surrogate-key;
}

sub vcl_deliver {
  # What an answer is made of is nobody else's business.
  unset resp.http.xkey;
  unset resp.http.surrogate-key;
  set resp.http.x-cache = "miss";
  if (obj.hits > 0) {
    set resp.http.x-cache = "hit";
  }
}
