import java.lang.reflect.Method;
import java.util.UUID;
import registre.ApiClient;
import registre.model.Links;

/** Asks the change feed by the method `listChanges` of whichever class has it: an SDK made before there is a feed has none. */
class Feed {
  static boolean tells(ApiClient client, UUID sitting) throws Exception {
    Method list = null;
    java.nio.file.Path classes = java.nio.file.Path.of(Feed.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (var found = java.nio.file.Files.list(classes.resolve("registre/api"))) {
      for (java.nio.file.Path path : (Iterable<java.nio.file.Path>) found::iterator) {
        String name = path.getFileName().toString();
        if (!name.endsWith("Api.class")) continue;
        for (Method method : Class.forName("registre.api." + name.replace(".class", "")).getMethods()) {
          if (method.getName().equals("listChanges") && (list == null || method.getParameterCount() < list.getParameterCount())) list = method;
        }
      }
    }
    if (list == null) throw new AssertionError("the contract has a change feed, and the SDK has no listChanges");
    Object api = list.getDeclaringClass().getConstructor(ApiClient.class).newInstance(client);
    int at = -1;
    for (int i = 0; i < list.getParameterCount(); i++) if (list.getParameters()[i].getName().equals("cursor")) at = i;
    if (at < 0) throw new AssertionError("listChanges has no cursor");
    Object[] arguments = new Object[list.getParameterCount()];
    while (true) {
      Object page = list.invoke(api, arguments);
      if (page.toString().contains(sitting.toString())) return true;
      Links links = (Links) page.getClass().getMethod("getLinks").invoke(page);
      if (links.getNext() == null) return false;
      arguments[at] = Scenario.cursor(links);
    }
  }
}
