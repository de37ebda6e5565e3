using Microsoft.AspNetCore.Components.WebAssembly.Hosting;
using MyChat.Ui;

var builder = WebAssemblyHostBuilder.CreateDefault(args);
builder.RootComponents.Add<Root>("#app");
await builder.Build().RunAsync();
