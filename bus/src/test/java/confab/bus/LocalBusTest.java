package confab.bus;

class LocalBusTest extends BusContract {
  private final LocalBus.Network network = new LocalBus.Network();

  @Override
  Bus connect() {
    return network.connect();
  }
}
